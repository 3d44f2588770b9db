/** Traditional characters that close reasons use, and their simplified forms, in the same order. */
const TRADITIONAL =
  '認證憑據鑰碼簽驗權鑑錄話帳戶連線鏈設備裝訊數資報檔專頻間務訂單議應遊戲對參欄標識編稱徑協來網區閱餘額費會員積點計錢緩衝隊佇統後關庫節請調進體時長構為傳攜帶須無確誤錯壞偽過敗滿達圍並擊騷濫濾處閒靜響啟動護維級發佈載試暫內況現異實廢棄開舊違規審壓滯斷離結終態組織個幾當該別機號擠頂換凍鎖僅絕許讀寫類遠執運觸遲還這沒從讓銷註選頁視輸寶貨購買賬嚴嘗輕樣業樂聽說語譯聲圖畫詢詳變縮極檢測項預補佔歷適熱雲島臺灣國際層幣幫廣';
const SIMPLIFIED =
  '认证凭据钥码签验权鉴录话账户连线链设备装讯数资报档专频间务订单议应游戏对参栏标识编称径协来网区阅余额费会员积点计钱缓冲队伫统后关库节请调进体时长构为传携带须无确误错坏伪过败满达围并击骚滥滤处闲静响启动护维级发布载试暂内况现异实废弃开旧违规审压滞断离结终态组织个几当该别机号挤顶换冻锁仅绝许读写类远执运触迟还这没从让销注选页视输宝货买买账严尝轻样业乐听说语译声图画询详变缩极检测项预补占历适热云岛台湾国际层币帮广';

const TABLE = new Map([...TRADITIONAL].map((char, at) => [char, SIMPLIFIED.charAt(at)]));

/** One lexicon reads both ways of writing Chinese. Length is kept. */
export function toSimplified(text: string): string {
  let out = '';
  for (const char of text) out += TABLE.get(char) ?? char;
  return out;
}
