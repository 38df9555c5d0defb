//! Sixty units: the city, its departments, five street and town offices, schools, hospitals and city companies.

use super::names::{self, DESERT, Supply};
use super::types::{Unit, UnitKind};
use crate::dice::Dice;

/// Key, full name, short name, kind, key of the unit above. `*` in a name stands for an invented word.
const UNITS: [(&str, &str, &str, UnitKind, &str); 60] = {
    use UnitKind::{Bureau, City, Company, Hospital, Office, School, Service, Street};
    [
        ("city", "市文明城市创建工作领导小组", "创建领导小组", City, ""),
        ("wenming", "市精神文明建设指导委员会办公室", "文明办", Office, "city"),
        ("chengguan", "市城市管理局", "城管局", Bureau, "city"),
        ("zhujian", "市住房和城乡建设局", "住建局", Bureau, "city"),
        ("gongan", "市公安局", "公安局", Bureau, "city"),
        ("jiaojing", "市公安局交通警察支队", "交警支队", Service, "gongan"),
        ("shijian", "市市场监督管理局", "市场监管局", Bureau, "city"),
        ("jiaoyu", "市教育局", "教育局", Bureau, "city"),
        ("weijian", "市卫生健康委员会", "卫健委", Bureau, "city"),
        ("huanbao", "市生态环境局", "生态环境局", Bureau, "city"),
        ("ziran", "市自然资源局", "自然资源局", Bureau, "city"),
        ("jiaotong", "市交通运输局", "交通运输局", Bureau, "city"),
        ("shuiwu", "市水务局", "水务局", Bureau, "city"),
        ("nongye", "市农业农村局", "农业农村局", Bureau, "city"),
        ("wenlv", "市文化和旅游局", "文旅局", Bureau, "city"),
        ("minzheng", "市民政局", "民政局", Bureau, "city"),
        ("renshe", "市人力资源和社会保障局", "人社局", Bureau, "city"),
        ("shangwu", "市商务局", "商务局", Bureau, "city"),
        ("yingji", "市应急管理局", "应急管理局", Bureau, "city"),
        ("xiaofang", "市消防救援支队", "消防救援支队", Bureau, "city"),
        ("sifa", "市司法局", "司法局", Bureau, "city"),
        ("caizheng", "市财政局", "财政局", Bureau, "city"),
        ("fagai", "市发展和改革委员会", "发改委", Bureau, "city"),
        ("gongxin", "市工业和信息化局", "工信局", Bureau, "city"),
        ("tuanwei", "共青团市委员会", "团市委", Bureau, "city"),
        ("fulian", "市妇女联合会", "市妇联", Bureau, "city"),
        ("zonggonghui", "市总工会", "市总工会", Bureau, "city"),
        ("zhengwu", "市政务服务中心", "政务服务中心", Bureau, "city"),
        ("tuiyi", "市退役军人事务局", "退役军人局", Bureau, "city"),
        ("huanwei", "市环境卫生服务中心", "环卫中心", Service, "chengguan"),
        ("yuanlin", "市园林绿化服务中心", "园林中心", Service, "chengguan"),
        ("zhifa", "市城市管理综合执法支队", "城管执法支队", Service, "chengguan"),
        ("shizheng", "市市政设施养护中心", "市政养护中心", Service, "zhujian"),
        ("xiongguan", "雄关街道办事处", "雄关街道", Street, "city"),
        ("gangcheng", "钢城街道办事处", "钢城街道", Street, "city"),
        ("xincheng", "新城镇人民政府", "新城镇", Street, "city"),
        ("yuquan", "峪泉镇人民政府", "峪泉镇", Street, "city"),
        ("wenshu", "文殊镇人民政府", "文殊镇", Street, "city"),
        ("school1", "*中学", "", School, "jiaoyu"),
        ("school2", "*中学", "", School, "jiaoyu"),
        ("school3", "*小学", "", School, "jiaoyu"),
        ("school4", "*小学", "", School, "jiaoyu"),
        ("school5", "*小学", "", School, "jiaoyu"),
        ("school6", "*学校", "", School, "jiaoyu"),
        ("school7", "*职业技术学校", "", School, "jiaoyu"),
        ("hospital1", "*医院", "", Hospital, "weijian"),
        ("hospital2", "*中医医院", "", Hospital, "weijian"),
        ("hospital3", "*妇幼保健院", "", Hospital, "weijian"),
        ("hospital4", "*康复医院", "", Hospital, "weijian"),
        ("reli", "*热力（演示）有限责任公司", "热力公司", Company, "zhujian"),
        ("gongshui", "*供水（演示）有限责任公司", "供水公司", Company, "shuiwu"),
        ("ranqi", "*燃气（演示）有限责任公司", "燃气公司", Company, "zhujian"),
        ("gongjiao", "*公共交通（演示）有限责任公司", "公交公司", Company, "jiaotong"),
        ("gongdian", "*供电（演示）有限责任公司", "供电公司", Company, "city"),
        ("tongxin", "*通信（演示）有限责任公司", "通信公司", Company, "gongxin"),
        ("guangdian", "*广电网络（演示）有限责任公司", "广电公司", Company, "gongxin"),
        ("chengtou", "*城市建设投资（演示）有限责任公司", "城投公司", Company, "city"),
        ("wuye", "*物业服务（演示）有限责任公司", "物业公司", Company, "zhujian"),
        ("gangtie", "*钢铁（演示）有限责任公司", "钢铁公司", Company, "city"),
        ("yinhang", "*商业银行（演示）股份有限公司", "商业银行", Company, "city"),
    ]
};

/// Divisions that the street and town offices govern.
const GOVERNS: [(&str, &str); 5] = [
    ("xiongguan", "620201001"),
    ("gangcheng", "620201002"),
    ("xincheng", "620201100"),
    ("yuquan", "620201101"),
    ("wenshu", "620201102"),
];

/// The units of a seed.
pub(super) fn build(seed: u64) -> Vec<Unit> {
    let mut dice = Dice::of(seed, "units");
    let mut words = Supply::new(&mut dice, &DESERT);
    UNITS
        .iter()
        .enumerate()
        .map(|(n, (key, name, short, kind, above))| {
            let name = name.strip_prefix('*').map_or_else(|| (*name).to_owned(), |rest| words.next(rest));
            Unit {
                key: (*key).to_owned(),
                short: if short.is_empty() { name.clone() } else { (*short).to_owned() },
                name,
                kind: *kind,
                parent: UNITS.iter().position(|u| u.0 == *above),
                division: GOVERNS.iter().find(|g| g.0 == *key).map(|g| g.1.to_owned()),
                leader: names::person(&mut dice),
                phone: names::phone(1_000 + n),
                credit_code: credit_code(*kind, n),
            }
        })
        .collect()
}

/// The number of a unit by its key; the civilisation office when there is none.
pub(crate) fn by_key(units: &[Unit], key: &str) -> usize {
    units.iter().position(|u| u.key == key).unwrap_or(1)
}

const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// A credit code with both check digits right: GB 11714 for the organisation, GB 32100 for the whole.
fn credit_code(kind: UnitKind, n: usize) -> String {
    let register = match kind {
        UnitKind::Company => "91",
        UnitKind::School | UnitKind::Hospital | UnitKind::Service => "12",
        _ => "11",
    };
    let body = format!("DEM{n:05}");
    let weights = [3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.bytes().zip(weights).map(|(b, w)| value36(b) * w).sum();
    let check = match 11 - sum % 11 {
        11 => '0',
        10 => 'X',
        d => char::from_digit(d, 10).unwrap_or('0'),
    };
    let mut code = format!("{register}620200{body}{check}");
    let mut weight = 1;
    let mut total = 0;
    for b in code.bytes() {
        total += ALPHABET.iter().position(|a| *a == b).unwrap_or(0) * weight;
        weight = weight * 3 % 31;
    }
    code.push(char::from(ALPHABET[(31 - total % 31) % 31]));
    code
}

fn value36(b: u8) -> u32 {
    char::from(b).to_digit(36).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{ALPHABET, build, by_key};

    #[test]
    fn sixty_units_in_one_tree() {
        let units = build(3);
        assert_eq!(units.len(), 60);
        assert_eq!(units.iter().filter(|u| u.parent.is_none()).count(), 1);
        assert!(units.iter().enumerate().all(|(n, u)| u.parent.is_none_or(|p| p < n)), "parents come first");
        assert_eq!(units[by_key(&units, "jiaojing")].parent, Some(by_key(&units, "gongan")));
        let names: std::collections::BTreeSet<_> = units.iter().map(|u| &u.name).collect();
        assert_eq!(names.len(), 60);
    }

    #[test]
    fn credit_codes_add_up() {
        for code in build(3).iter().map(|u| &u.credit_code) {
            assert_eq!(code.len(), 18);
            let mut w = 1;
            let mut sum = 0;
            for b in code.bytes() {
                sum += ALPHABET.iter().position(|a| *a == b).unwrap() * w;
                w = w * 3 % 31;
            }
            // the check digit's own weight is 3^17 mod 31 = 22, but it is added once: sum of 17 plus check ≡ 0
            let check = ALPHABET.iter().position(|a| *a == code.as_bytes()[17]).unwrap();
            assert_eq!((sum - check * 22 + check) % 31, 0, "{code}");
        }
    }
}
