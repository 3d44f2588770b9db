console.log('rec');
