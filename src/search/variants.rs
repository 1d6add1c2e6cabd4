//! Traditional characters and the simplified ones that stand for them, for what is common in a handbook of service.
//!
//! Character for character; where one simplified character stands for several, each leads to it.

/// Pairs: the traditional character, then the simplified one.
const PAIRS: &str = "\
訴诉務务時时換换貨货維维護护檢检測测試试間间電电話话訊讯號号碼码單单據据證证發发賠赔償偿還还錢钱價价費费額额減减優优購购\
買买賣卖質质產产業业員员經经門门開开關关閉闭營营對对聽听說说請请謝谢問问題题錯错誤误諒谅釋释決决處处辦办應应該该須须規规\
則则標标準准責责權权條条約约過过週周歲岁國国際际運运輸输車车輛辆載载裝装機机設设備备壞坏損损傷伤況况狀状態态報报記记錄录\
寫写讀读書书簽签給给與与從从來来進进遠远遲迟達达連连線线網网絡络頁页頭头顧顾預预領领順顺類类顏颜願愿風风飛飞飯饭館馆養养\
餘余驗验騙骗體体髒脏點点麼么麗丽龍龙齊齐齡龄個个們们倆俩倉仓僅仅傳传債债倫伦億亿儘尽儲储兒儿內内兩两冊册凍冻凱凯別别刪删\
剛刚創创劃划劇剧劍剑劑剂勁劲動动勝胜勞劳勢势勵励勸劝區区協协衛卫卻却廠厂歷历厲厉參参雙双變变吳吴呂吕喪丧喬乔喚唤嗎吗嘆叹\
嘗尝嘯啸噴喷囑嘱團团園园圓圆圖图圍围塊块壓压壘垒牆墙壯壮壽寿夢梦夾夹奪夺奮奋婦妇媽妈嬰婴孫孙學学寧宁實实審审寬宽寶宝將将\
專专尋寻導导屆届層层屬属岡冈島岛嶺岭帥帅師师帳帐帶带幣币幫帮幹干庫库廁厕廂厢廣广廳厅彈弹強强彎弯彙汇徑径徹彻復复徵征憂忧\
懷怀慣惯慮虑慶庆懸悬懼惧戰战戲戏戶户拋抛掃扫掛挂採采揀拣揚扬搖摇搶抢摺折撐撑撥拨撫抚擇择擊击擔担擠挤擬拟擴扩擺摆擾扰攜携\
攝摄敗败敘叙敵敌數数斂敛斷断於于暫暂曆历曉晓會会東东棄弃極极榮荣構构樂乐樓楼樣样樹树橋桥檔档櫃柜欄栏歡欢歐欧歸归殘残殺杀\
氣气沒没沖冲洩泄淚泪淨净淺浅渾浑湊凑湯汤溝沟溫温滅灭滿满漁渔漢汉潔洁潤润濕湿濟济瀏浏灣湾災灾為为烏乌無无煉炼煙烟熱热燈灯\
燒烧爐炉爭争爺爷牽牵犧牺獎奖獨独獲获獻献環环現现畢毕畫画異异當当疊叠痠酸療疗癒愈盜盗盞盏盡尽監监盤盘眾众睜睁確确磚砖礎础\
禮礼離离種种稱称穩稳積积窮穷竄窜競竞筆笔節节範范築筑簡简籃篮籌筹粵粤糧粮糾纠紀纪紅红紋纹納纳純纯紙纸級级紛纷細细終终組组\
結结絕绝統统絲丝綠绿綜综緊紧緒绪編编緩缓練练縣县縮缩總总績绩織织繞绕繪绘繳缴繼继續续罰罚罷罢羅罗義义習习聖圣聞闻聯联聰聪\
聲声職职肅肃腦脑腳脚膚肤膠胶臉脸臨临興兴舉举舊旧艙舱艱艰莊庄華华萬万葉叶著着葷荤蒼苍蓋盖蓮莲薦荐藍蓝藝艺藥药蘇苏蘭兰虛虚\
虧亏術术衝冲補补裏里裡里製制複复褲裤襯衬見见視视覺觉覽览觀观觸触訂订計计討讨訓训託托訪访許许評评詞词詢询詳详誇夸認认誠诚\
語语課课誰谁調调談谈論论諮咨講讲謹谨識识譯译議议譽誉讓让貝贝負负財财貢贡貧贫販贩貪贪貫贯貴贵貸贷貿贸賀贺資资賊贼賓宾賞赏\
賬账賴赖賺赚贈赠贊赞贏赢趕赶趙赵跡迹踐践躍跃軌轨軍军軟软較较輕轻輪轮輯辑轉转辭辞農农邊边郵邮鄉乡鄭郑醫医醬酱針针釘钉鈕钮\
鈔钞鈴铃鉛铅銀银銅铜銷销鋼钢鋪铺錶表鍋锅鍵键鎖锁鏡镜鐘钟鐵铁鑰钥長长閃闪閒闲閱阅闆板闊阔隊队陣阵陰阴陳陈陸陆陽阳階阶隨随\
險险隱隐隻只雖虽雜杂雞鸡難难雲云靈灵靜静響响項项頓顿頗颇頻频顆颗顯显飲饮飽饱餅饼駐驻駛驶驅驱驚惊鬆松鬥斗魚鱼鮮鲜鳥鸟鹽盐\
麥麦黃黄黨党齒齿妳你祕秘後后併并佈布佔占係系儀仪啟启乾干閥阀滾滚捲卷櫥橱瀝沥滲渗鏽锈澆浇燙烫燜焖燻熏爛烂罈坛聳耸癢痒潑泼\
濾滤濺溅燼烬瑣琐瓊琼遞递選选遷迁適适邏逻鄰邻釐厘鍊链鎮镇鏈链鑑鉴閩闽闖闯隸隶韓韩頒颁頸颈顛颠饋馈騎骑鬧闹鵝鹅壹一貳二臺台檯台麵面";

/// Walks over the pairs of a traditional and a simplified character that differ.
pub fn pairs() -> impl Iterator<Item = (char, char)> {
    let traditional = PAIRS.chars().step_by(2);
    traditional.zip(PAIRS.chars().skip(1).step_by(2)).filter(|(traditional, simplified)| traditional != simplified)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn every_traditional_character_leads_to_one_simplified_one_which_is_final() {
        assert_eq!(PAIRS.chars().count() % 2, 0);
        let table: BTreeMap<char, char> = pairs().collect();
        for (traditional, simplified) in pairs() {
            assert_eq!(table[&traditional], simplified, "{traditional}");
            assert!(!table.contains_key(&simplified), "{traditional} leads to {simplified}, which leads on");
        }
        assert!(table.len() > 500, "{}", table.len());
    }

    #[test]
    fn what_staff_look_for_is_among_them() {
        let table: BTreeMap<char, char> = pairs().collect();
        let simplified: String =
            "投訴 服務時間 換貨 維修報價 賠償".chars().map(|c| *table.get(&c).unwrap_or(&c)).collect();
        assert_eq!(simplified, "投诉 服务时间 换货 维修报价 赔偿");
    }
}
