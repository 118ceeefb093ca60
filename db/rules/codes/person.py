"""Code tables of a person: 家庭成员表 of the national 建档立卡 dictionary (2014–2018)."""

from __future__ import annotations

from db.rules.codes.base import Code, Valid


class Sex(Code):
    MALE = "1", "男"
    FEMALE = "2", "女"


class Relation(Code):
    """与户主关系 (AAB006); the words of GB/T 4761 that mean the same are read as synonyms."""

    HEAD = "01", "户主", "本人或户主", "本人"
    SPOUSE = "02", "配偶", "妻子", "丈夫", "妻", "夫", "老婆", "老公", "爱人"
    SON = "03", "之子", "儿子", "子", "长子", "次子", "三子", "独生子", "养子", "继子"
    DAUGHTER = "04", "之女", "女儿", "女", "长女", "次女", "三女", "独生女", "养女", "继女"
    DAUGHTER_IN_LAW = "05", "之儿媳", "儿媳"
    SON_IN_LAW = "06", "之女婿", "女婿"
    GRANDSON = "07", "之孙子", "孙子"
    GRANDDAUGHTER = "08", "之孙女", "孙女"
    DAUGHTERS_SON = "09", "之外孙子", "外孙子", "外孙"
    DAUGHTERS_DAUGHTER = "10", "之外孙女", "外孙女"
    FATHER = "11", "之父", "父亲", "父", "爸爸"
    MOTHER = "12", "之母", "母亲", "母", "妈妈"
    WIFES_FATHER = "13", "之岳父", "岳父"
    WIFES_MOTHER = "14", "之岳母", "岳母"
    HUSBANDS_FATHER = "15", "之公公", "公公"
    HUSBANDS_MOTHER = "16", "之婆婆", "婆婆"
    GRANDFATHER = "17", "之祖父", "祖父", "爷爷"
    GRANDMOTHER = "18", "之祖母", "祖母", "奶奶"
    MOTHERS_FATHER = "19", "之外祖父", "外祖父", "外公"
    MOTHERS_MOTHER = "20", "之外祖母", "外祖母", "外婆"
    OTHER = "99", "其他"


class Ethnicity(Code):
    """民族, in the order of the national poverty system, which differs from GB/T 3304 in 02 and 04–11."""

    HAN = "01", "汉族", "汉"
    MANCHU = "02", "满族", "满"
    HUI = "03", "回族", "回"
    MONGOL = "04", "蒙古族", "蒙古"
    TIBETAN = "05", "藏族", "藏"
    UYGHUR = "06", "维吾尔族", "维吾尔"
    MIAO = "07", "苗族", "苗"
    YI = "08", "彝族", "彝"
    ZHUANG = "09", "壮族", "壮"
    BUYEI = "10", "布依族", "布依"
    KOREAN = "11", "朝鲜族", "朝鲜"
    DONG = "12", "侗族", "侗"
    YAO = "13", "瑶族", "瑶"
    BAI = "14", "白族", "白"
    TUJIA = "15", "土家族", "土家"
    HANI = "16", "哈尼族", "哈尼"
    KAZAKH = "17", "哈萨克族", "哈萨克"
    DAI = "18", "傣族", "傣"
    LI = "19", "黎族", "黎"
    LISU = "20", "傈僳族", "傈僳"
    VA = "21", "佤族", "佤"
    SHE = "22", "畲族", "畲"
    GAOSHAN = "23", "高山族", "高山"
    LAHU = "24", "拉祜族", "拉祜"
    SHUI = "25", "水族", "水"
    DONGXIANG = "26", "东乡族", "东乡"
    NAXI = "27", "纳西族", "纳西"
    JINGPO = "28", "景颇族", "景颇"
    KIRGIZ = "29", "柯尔克孜族", "柯尔克孜"
    TU = "30", "土族", "土"
    DAUR = "31", "达斡尔族", "达斡尔"
    MULAO = "32", "仫佬族", "仫佬"
    QIANG = "33", "羌族", "羌"
    BLANG = "34", "布朗族", "布朗"
    SALAR = "35", "撒拉族", "撒拉"
    MAONAN = "36", "毛南族", "毛南"
    GELAO = "37", "仡佬族", "仡佬"
    XIBE = "38", "锡伯族", "锡伯"
    ACHANG = "39", "阿昌族", "阿昌"
    PUMI = "40", "普米族", "普米"
    TAJIK = "41", "塔吉克族", "塔吉克"
    NU = "42", "怒族", "怒"
    UZBEK = "43", "乌孜别克族", "乌孜别克"
    RUSSIAN = "44", "俄罗斯族", "俄罗斯"
    EWENKI = "45", "鄂温克族", "鄂温克"
    DEANG = "46", "德昂族", "德昂"
    BONAN = "47", "保安族", "保安"
    YUGUR = "48", "裕固族", "裕固"
    GIN = "49", "京族", "京"
    TATAR = "50", "塔塔尔族", "塔塔尔"
    DERUNG = "51", "独龙族", "独龙"
    OROQEN = "52", "鄂伦春族", "鄂伦春"
    HEZHEN = "53", "赫哲族", "赫哲"
    MONBA = "54", "门巴族", "门巴"
    LHOBA = "55", "珞巴族", "珞巴"
    JINO = "56", "基诺族", "基诺"
    OTHER = "99", "其他"


class Education(Code):
    """文化程度 (AAB008); blank for those in school."""

    ILLITERATE = "01", "文盲或半文盲", "文盲", "半文盲"
    PRIMARY = "02", "小学"
    JUNIOR = "03", "初中"
    SENIOR = "04", "高中"
    COLLEGE = "05", "大专及以上"
    PRESCHOOL = "06", "学龄前儿童"


class Schooling(Code):
    """在校生状况 (AAB009)."""

    NONE = "01", "非在校生"
    KINDERGARTEN = "02", "学前教育"
    PRIMARY = "03", "小学"
    GRADE_7 = "04", "七年级", "初一"
    GRADE_8 = "05", "八年级", "初二"
    GRADE_9 = "06", "九年级", "初三"
    SENIOR_1 = "07", "高中一年级", "高一"
    SENIOR_2 = "08", "高中二年级", "高二"
    SENIOR_3 = "09", "高中三年级", "高三"
    VOCATIONAL_1 = "10", "中职一年级"
    VOCATIONAL_2 = "11", "中职二年级"
    VOCATIONAL_3 = "12", "中职三年级"
    HIGHER_VOCATIONAL_1 = "13", "高职一年级"
    HIGHER_VOCATIONAL_2 = "14", "高职二年级"
    HIGHER_VOCATIONAL_3 = "15", "高职三年级"
    COLLEGE = "16", "大专及以上"


class Health(Code):
    """健康状况 (AAB017)."""

    HEALTHY = "01", "健康"
    CHRONIC = "02", "长期慢性病", "慢性病"
    SERIOUS = "03", "患有大病", "大病"
    DISABLED = "04", "残疾"


class Labour(Code):
    """劳动技能 (AAB010)."""

    ORDINARY = "01", "普通劳动力"
    SKILLED = "02", "技能劳动力"
    LOST = "03", "丧失劳动力"
    NONE = "04", "无劳动力"
    WEAK = "05", "弱劳动力或半劳动力", "弱劳动力", "半劳动力", Valid(since=2018)

    @property
    def able(self) -> bool:
        """Counts towards 家庭劳动力 and makes the household 有劳动能力."""
        return self in (Labour.ORDINARY, Labour.SKILLED, Labour.WEAK)


class IdKind(Code):
    """证件类型 (AAB018)."""

    RESIDENT = "01", "居民身份证", "身份证"
    OFFICER = "03", "军官证"
    DISABILITY = "09", "残疾人证", "残疾证"
    HONGKONG_MACAU_TAIWAN = "10", "港澳台居民居住证", "港澳台居住证"
    NONE = "99", "无证（公安证明）", "无证", "公安证明"


class Politics(Code):
    """政治面貌 (AAK033)."""

    PARTY = "01", "中共党员", "党员"
    PROBATIONARY = "02", "中共预备党员", "预备党员"
    YOUTH_LEAGUE = "03", "共青团员", "团员"
    MINGE = "04", "民革"
    MINMENG = "05", "民盟"
    MINJIAN = "06", "民建"
    MINJIN = "07", "民进"
    NONGGONG = "08", "农工党"
    ZHIGONG = "09", "致公党"
    JIUSAN = "10", "九三学社"
    TAIMENG = "11", "台盟"
    INDEPENDENT = "12", "无党派民主人士"
    MASSES = "13", "群众"


class Work(Code):
    """务工状况 (AAB011)."""

    TOWN = "01", "乡（镇）内务工", "镇内务工"
    COUNTY = "02", "乡（镇）外县内务工", "县内务工"
    PROVINCE = "03", "县外省内务工", "省内务工"
    ELSEWHERE = "04", "省外务工"
    OTHER = "99", "其他"


class Dropout(Code):
    """失学辍学原因."""

    ILLNESS = "1", "因病"
    DISABILITY = "2", "因残"
    WEARY = "3", "厌学"
    OTHER = "9", "其他"
