"""Code tables of a household: 贫困户登记表 of the national 建档立卡 dictionary (2014–2018), 生产生活条件 and 易地搬迁 among them."""

from __future__ import annotations

from db.rules.codes.base import Code, Valid


class Attribute(Code):
    """贫困户属性 (AAC006)."""

    ORDINARY = "01", "一般贫困户", "一般户"
    LOW_INCOME = "04", "低保户", "低保贫困户", "扶贫低保户"
    FIVE_GUARANTEES = "06", "五保户", "五保贫困户", "特困供养贫困户", "特困供养户"


class PovertyCause(Code):
    """主要致贫原因 (AAC007)."""

    ILLNESS = "01", "因病"
    DISABILITY = "02", "因残"
    SCHOOLING = "03", "因学"
    DISASTER = "04", "因灾"
    LAND = "05", "缺土地"
    WATER = "06", "缺水"
    SKILL = "07", "缺技术"
    LABOUR = "08", "缺劳力", "缺劳动力"
    MONEY = "09", "缺资金"
    TRAFFIC = "10", "交通条件落后", "交通落后"
    DRIVE = "11", "自身发展动力不足", "自身发展力不足"
    MARRIAGE = "12", "因婚", Valid(since=2015)
    BEREAVEMENT = "13", "因丧", Valid(since=2015)
    OTHER = "99", "其他"


class HousingGrade(Code):
    """住房安全等级; C and D are dangerous (住建部 危险房屋鉴定)."""

    A = "A", "A级", "A"
    B = "B", "B级", "B"
    C = "C", "C级", "C"
    D = "D", "D级", "D"


class YesNo(Code):
    YES = "1", "是", "有", "√"
    NO = "0", "否", "无", "×"


class ApplicationKind(Code):
    """申请类别 of the application form."""

    FIRST = "1", "首次申请", "首次"
    RETURN = "2", "返贫"
    RESUMED = "3", "恢复帮扶"


class Standard(Code):
    """识别标准 (AAC005)."""

    NATIONAL = "1", "国家标准"
    PROVINCE = "2", "省定标准"
    CITY = "3", "市定标准"


class Structure(Code):
    """住房结构 (Guangzhou's form of 2010–2013)."""

    CONCRETE = "1", "钢筋混凝土", "钢混"
    BRICK_WOOD = "2", "砖木"
    EARTH = "3", "土坯", "泥砖"
    OTHER = "4", "其他"


class Road(Code):
    """入户路类型 (AAC316)."""

    EARTH = "01", "泥土路", "泥路"
    GRAVEL = "02", "砂石路"
    CEMENT = "03", "水泥路"
    ASPHALT = "04", "沥青路"


class Fuel(Code):
    """主要燃料类型 (AAC320)."""

    WOOD = "01", "柴草"
    DUNG = "02", "干畜粪"
    COAL = "03", "煤炭"
    CLEAN = "04", "清洁能源"
    OTHER = "99", "其他"


class Relocation(Code):
    """易地搬迁方式."""

    VILLAGE = "01", "行政村整体"
    GROUP = "02", "自然村（村民小组）整体"
    HOUSEHOLD = "03", "建档立卡户个别"


class Resettlement(Code):
    """安置方式."""

    TOGETHER = "1", "集中"
    SCATTERED = "2", "分散"


class ResettlementPlace(Code):
    """安置地."""

    COUNTY_TOWN = "1", "县城"
    TOWN = "2", "乡镇"
    OTHER_COUNTY = "3", "县外"
    OTHER_VILLAGE = "4", "村外"
    SAME_VILLAGE = "5", "村内"


class RelocationTrouble(Code):
    """搬迁可能存在的困难."""

    MONEY = "1", "缺资金"
    JOB = "2", "找不到工作"
    LIVING = "3", "生活没着落"
    OTHER = "9", "其他"


class ChangeKind(Code):
    """人员与户的变动 (national AAB015 events; 广东扶贫云 自然增减、拆户、并户、销户)."""

    BORN = "born", "出生"
    MARRIED_IN = "married_in", "嫁入（入赘）", "嫁入"
    MOVED_IN = "moved_in", "迁入"
    DIED = "died", "死亡"
    MARRIED_OUT = "married_out", "嫁出"
    MOVED_OUT = "moved_out", "迁出"
    ABROAD = "abroad", "出国定居"
    PRISON = "prison", "判刑收监"
    WRONG_ADDED = "wrong_added", "录错：补录漏登的人"
    WRONG_REMOVED = "wrong_removed", "录错：去掉多登的人"
    HEAD = "head", "户主变更"
    SPLIT = "split", "分户（拆户）"
    MERGED = "merged", "并户"
    DISSOLVED = "dissolved", "销户"
    GROUP = "group", "调整村民小组"
