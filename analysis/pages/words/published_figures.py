"""What the figures of the registers of gates and ways state, in the words of both languages."""

import re
from collections.abc import Mapping

from analysis.pages.words.cells import Both
from analysis.pages.words.names import short_name
from analysis.sources.places import Places

#: What a row of the register `clearance` states.
PARAMETERS: Mapping[str, Both] = {
    "accepted_trucks_per_day": Both("trucks let in a day", "每日放行货车"),
    "agreed_trucks_per_day": Both("trucks a day agreed", "商定每日货车数"),
    "agri_clearance_hours": Both("clearance of farm goods", "农产品通关时间"),
    "agri_clearance_hours_before": Both("clearance of farm goods, before", "农产品通关时间（此前）"),
    "agv_hours_per_day": Both("driverless lane, hours a day", "无人驾驶通道每日运行时间"),
    "agv_lane_km": Both("driverless lane, length", "无人驾驶通道长度"),
    "agv_lanes": Both("driverless lanes", "无人驾驶车道数"),
    "agv_tonnes_inbound": Both("driverless lane, tonnes in", "无人驾驶通道进口货量"),
    "agv_vehicles_inbound": Both("driverless lane, vehicles in", "无人驾驶通道进境车辆"),
    "appointment_openings_per_month": Both("openings by appointment a month", "每月预约开关次数"),
    "bay_turnover_gain_share": Both("faster turnover of inspection bays", "查验车位周转提升"),
    "bonded_clearance_minutes": Both("clearance of bonded goods", "保税货物通关时间"),
    "border_check_reduction_share": Both("shorter border check", "边检时间压缩"),
    "border_check_seconds": Both("border check", "边检时间"),
    "capacity_trucks_per_day": Both("trucks that can pass a day", "每日可通行货车"),
    "capacity_vehicles_per_day": Both("vehicles that can pass a day", "每日通关能力"),
    "checkpoint_capacity_light_vehicles_per_day": Both(
        "cars that the post can clear a day", "对方口岸每日可放行小型车"
    ),
    "checkpoint_capacity_trucks_per_day": Both("trucks that the post across can clear a day", "对方口岸每日可放行货车"),
    "clearance_gain_share": Both("faster clearance", "通关效率提升"),
    "clearance_hours": Both("clearance", "通关时间"),
    "clearance_hours_before": Both("clearance, before", "通关时间（此前）"),
    "clearance_hours_saved": Both("shorter clearance of a vehicle", "单车通关缩短时间"),
    "clearance_minutes": Both("clearance", "通关时间"),
    "coal_tonnes": Both("coal", "煤炭"),
    "design_capacity_tonnes_per_year": Both("tonnes that can pass a year", "年通关能力"),
    "export_clearance_hours": Both("clearance of exported cars", "出口车辆通关时间"),
    "export_clearance_hours_before": Both("clearance of exported cars, before", "出口车辆通关时间（此前）"),
    "gate_seconds": Both("passing the gate", "卡口放行时间"),
    "idle_cost_usd_per_day": Both("cost of a truck that waits, a day", "货车滞留每日费用"),
    "idle_trucks": Both("trucks that wait", "滞留货车"),
    "inspection_minutes": Both("inspection of a truck", "单车查验时间"),
    "inspection_minutes_before": Both("inspection of a truck, before", "单车查验时间（此前）"),
    "inspection_minutes_manual": Both("inspection of a truck by hand", "人工查验单车时间"),
    "inspection_minutes_with_scanner": Both("inspection of a truck by scanner", "机检单车时间"),
    "lanes": Both("lanes", "通道数"),
    "lanes_added": Both("lanes added", "新增通道"),
    "lanes_before": Both("lanes, before", "通道数（此前）"),
    "load_tonnes_per_truck": Both("load of a truck", "单车载重"),
    "opening_days_per_week": Both("days open a week", "每周开放天数"),
    "opening_hours_per_day": Both("hours open a day", "每日开放时间"),
    "opening_hours_per_day_chinese_side": Both("hours open a day, Chinese side", "中方每日开放时间"),
    "opening_hours_per_day_kyrgyz_side": Both("hours open a day, Kyrgyz side", "吉方每日开放时间"),
    "paperwork_minutes": Both("papers of a vehicle", "单车单证办理时间"),
    "planned_capacity_vehicles_per_day": Both("vehicles a day after the works", "扩建后每日通行能力"),
    "queue_km": Both("queue", "排队长度"),
    "queue_system_limit_trucks_per_day": Both("trucks a day that the electronic queue admits", "电子排队每日放行上限"),
    "queue_vehicles": Both("vehicles in the queue", "排队车辆"),
    "rail_inspection_minutes": Both("inspection of a train", "列车查验时间"),
    "road_lanes_planned": Both("lanes of the road between the posts, in works", "两国口岸间公路在建车道"),
    "target_trucks_per_day": Both("trucks a day promised", "承诺每日货车数"),
    "target_vehicles_per_day": Both("vehicles a day promised", "承诺每日车辆数"),
    "tonnes": Both("freight", "货运量"),
    "tonnes_per_day_peak": Both("freight of the busiest day", "单日最高货运量"),
    "traffic_against_capacity_vehicles_per_day": Both("vehicles that pass all the same", "实际每日通行车辆"),
    "train_inspection_minutes": Both("inspection of a train", "列车查验时间"),
    "train_inspection_minutes_before": Both("inspection of a train, before", "列车查验时间（此前）"),
    "trips_per_driver_per_month": Both("trips of a driver a month", "司机每月往返趟数"),
    "truck_control_minutes": Both("control of a truck, at most", "货车查验时间上限"),
    "trucks_per_day": Both("trucks a day", "每日货车"),
    "trucks_per_day_before": Both("trucks a day, before", "每日货车（此前）"),
    "vehicles": Both("vehicles", "车辆"),
    "vehicles_controlled_at_once": Both("vehicles controlled at once", "可同时查验车辆"),
    "vehicles_exported_per_day_peak": Both("exported vehicles on the busiest day", "单日最高出口车辆"),
    "vehicles_first_22_hours": Both(
        "vehicles in the first 22 hours of clearance day and night", "24小时通关首22小时车辆"
    ),
    "vehicles_per_day": Both("vehicles a day", "每日车辆"),
    "vehicles_per_day_heavy": Both("loaded trucks a day", "日均重车"),
    "vehicles_per_day_mean": Both("vehicles a day on average", "日均车辆"),
    "vehicles_per_day_peak": Both("vehicles on the busiest day", "单日最高车辆"),
    "vehicles_per_month": Both("vehicles of the month", "月度车辆"),
    "vehicles_per_year": Both("vehicles of the year", "全年车辆"),
    "waiting_hours": Both("wait", "等候时间"),
    "waiting_time_reduction_share": Both("shorter wait", "等候时间压缩"),
}

#: What a row of the register `corridors` measures.
MEASURES: Mapping[str, Both] = {
    "cargo_value_cny": Both("value of the load", "货值"),
    "cargo_value_usd": Both("value of the load", "货值"),
    "containers": Both("containers", "集装箱"),
    "containers_per_year": Both("containers a year", "年集装箱"),
    "cost_saved_cny_per_feu": Both("saved a 40-foot container", "每40英尺箱节省费用"),
    "cost_saved_share": Both("cost saved", "费用节省"),
    "cost_saved_usd": Both("saved a shipment", "每批货节省费用"),
    "cost_saved_usd_per_tonne": Both("saved a tonne", "每吨节省费用"),
    "cost_saved_usd_per_year": Both("saved a year by all", "全年合计节省"),
    "cost_usd": Both("cost", "费用"),
    "cost_usd_per_feu": Both("cost of a 40-foot container", "每40英尺箱费用"),
    "departures": Both("departures", "开行列数"),
    "departures_per_day": Both("departures a day", "日均开行"),
    "departures_per_month": Both("departures a month", "每月开行"),
    "departures_yoy": Both("departures, growth on the year before", "开行列数同比"),
    "distance_km": Both("distance", "里程"),
    "distance_saved_km": Both("distance saved", "缩短里程"),
    "driving_time_hours": Both("time in motion", "行驶时间"),
    "revenue_cny": Both("revenue", "营业收入"),
    "speed_kmh": Both("speed in motion", "行驶速度"),
    "speed_with_delay_kmh": Both("speed, stops included", "含停留速度"),
    "speed_without_delay_kmh": Both("speed in motion", "行驶速度"),
    "tariff_discount_share": Both("discount on the tariff", "运价折扣"),
    "teu": Both("containers in TEU", "标箱量"),
    "teu_yoy": Both("containers, growth on the year before", "标箱量同比"),
    "time_hours": Both("time", "时间"),
    "time_hours_before": Both("time, before", "时间（此前）"),
    "time_saved_hours": Both("time saved", "缩短时间"),
    "time_saved_share": Both("time saved", "缩短时间"),
    "tonnes": Both("tonnes", "货量"),
    "tonnes_applied_for": Both("tonnes applied for", "申请货量"),
    "tonnes_change": Both("tonnes more than the year before", "同比增加货量"),
    "tonnes_per_year_planned": Both("tonnes a year planned", "规划年运量"),
    "tonnes_yoy": Both("tonnes, growth on the year before", "货量同比"),
    "trade_value_cny_per_year_planned": Both("trade a year planned", "规划年贸易额"),
    "transport_cost_usd_500km_20t": Both("carriage of 20 tonnes over 500 km", "20吨货物每500公里运费"),
    "trucks": Both("trucks", "货车"),
    "trucks_per_month_planned": Both("trucks a month planned", "规划每月货车"),
    "tunnels_started": Both("tunnels begun", "已开工隧道"),
    "vehicles": Both("vehicles", "车辆"),
    "wagons": Both("wagons", "车皮"),
    "waiting_hours": Both("wait", "等候时间"),
}

#: Directions of ways and crossings; in and out are of the country whose side is measured.
DIRECTIONS: Mapping[str, Both] = {
    "inbound": Both("into the country", "入境"),
    "outbound": Both("out of the country", "出境"),
    "both": Both("both directions", "双向"),
    "westbound": Both("westbound", "西行"),
    "eastbound": Both("eastbound", "东行"),
    "southbound": Both("southbound", "南行"),
}


#: Names in the register of ways. Shenzhen keeps its letters: the bundled font lacks a character of its name.
_NAMES = {
    "Lianyungang": "连云港", "Kashgar North": "喀什北", "Kashgar": "喀什", "Irkeshtam": "伊尔克什坦", "Osh": "奥什",
    "Tashkent": "塔什干", "Lanzhou": "兰州", "Langfang": "廊坊", "Wuhan": "武汉", "Vladivostok": "符拉迪沃斯托克",
    "Shenyang": "沈阳", "Xi'an": "西安", "Khorgos": "霍尔果斯", "Horgos": "霍尔果斯",
    "Saryagash": "萨雷阿加什", "Torugart": "吐尔尕特", "Kyrgyzstan": "吉尔吉斯斯坦", "Dushanbe": "杜尚别",
    "Andijan": "安集延", "Galaba": "加拉巴", "Hairatan": "海拉顿", "Samarkand": "撒马尔罕", "Urumqi": "乌鲁木齐",
    "Zarafshan": "扎拉夫尚", "Makmal": "马克马尔", "Jalal-Abad": "贾拉拉巴德", "Tianjin": "天津", "Qingdao": "青岛",
    "Alashankou": "阿拉山口", "Almaty": "阿拉木图", "Hami": "哈密", "China-Europe": "中国至欧洲",
    "Chaldovar": "恰尔多瓦尔", "Dustlik": "杜斯特利克", "Dusti": "杜斯蒂", "Fotehobod": "法特哈巴德",
    "Guliston": "古利斯坦", "Karamyk": "卡拉梅克", "Kazakhstan": "哈萨克斯坦", "Kyrgyz Republic": "吉尔吉斯斯坦",
    "Panji Poyon": "喷赤", "People's Republic of China": "中国", "Tsiteli Khidi": "红桥", "Takeshiken": "塔克什肯",
    " border crossing": "口岸", " (Kyrgyz side)": "（吉方）", " (Chinese side)": "（中方）",
    " (Tajik side)": "（塔方）",
}  # fmt: skip

#: Phrases in the register of ways that are no list of places.
_PHRASES = {
    "against the Horgos route": "较经霍尔果斯", "against Horgos and Alashankou": "较经霍尔果斯、阿拉山口",
    "against other routes": "较其他路线", "against the sea route": "较海运", "each consignment": "每批货",
    "each shipment": "每批货", "each tonne": "每吨货", "to Kashgar North": "到达喀什北站",
    "Kashgar transit outbound": "喀什过境出口", "whole line": "全线", "Kyrgyz section": "吉国段", "base": "基地",
    "Yarant (Mongolian side of Takeshiken)": "雅兰特（塔克什肯蒙方）",
    "plan": "计划", "Uzbek part": "乌国段", "Kashgar customs clearance": "喀什通关",
}  # fmt: skip


def leg_words(leg: str) -> Both:
    """Return the leg of a row of the register of ways; what has no Chinese name keeps the register's."""
    if leg in _PHRASES:
        return Both(leg, _PHRASES[leg])
    chinese = leg
    for name in sorted(_NAMES, key=len, reverse=True):
        chinese = chinese.replace(name, _NAMES[name])
    chinese = re.sub(r"^(.*) via (.*)$", r"\1（经\2）", chinese)
    chinese = re.sub(r"^(.*) against .*$", r"\1（较他线）", chinese)
    return Both(leg, chinese.replace("-", "—"))


def parameter_words(port: str, parameter: str, places: Places) -> Both:
    """Return what a row of the register `clearance` states: `Irkeshtam, hours open a day`."""
    name, what = short_name(port, places), PARAMETERS[parameter]
    return Both(f"{name.en}, {what.en}", f"{name.zh}，{what.zh}")


def measure_words(leg: str, measure: str) -> Both:
    """Return what a row of the register `corridors` states: `Tashkent-Kashgar, distance`."""
    where, what = leg_words(leg), MEASURES[measure]
    return Both(f"{where.en}, {what.en}", f"{where.zh}，{what.zh}")
