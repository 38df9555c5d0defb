/** An inspection of today, and the checklist that its points are looked at by: what an inspector has before they leave the office. */
import { open } from "./browser.mjs";
import { OFFICE } from "./people.mjs";
import { day } from "./scene.mjs";
import { Visitor } from "./visitor.mjs";
import { workbook } from "./workbook.mjs";

const CODE = "without-network";
const TYPES = [["bus_stop", 60], ["restaurant", 50], ["school", 14], ["supermarket", 14]];

/** Stops, shops and schools, all to be visited today, all by a checklist of this test. */
export async function inspection(city, browser) {
  const page = await open(browser, city, { as: OFFICE });
  const press = async (action) => {
    await page.click(`form[action$="${action}"] button`);
    await page.waitForLoadState();
  };
  await page.goto("/inspections/new");
  await page.fill("#f-inspection_name", "没有信号的一天");
  await page.fill("#f-inspection_from", day(0));
  await page.fill("#f-inspection_until", day(0));
  await page.fill("#f-inspection_public", "抽样当日福彩 3D 开奖号码");
  for (const [type, amount] of TYPES) {
    await page.check(`input[name=inspection_types][value=${type}]`);
    await page.fill(`input[name=amount_${type}]`, String(amount));
  }
  await page.click('form[action="/inspections"] .btn-primary');
  await page.waitForURL(/\/inspections\/IN-\d{4}-\d{4}/);
  const at = new URL(page.url()).pathname;
  await press("/commitment");
  await page.fill("#f-inspection_value", "2026180期 5 0 7");
  await page.fill("#f-inspection_witness", "市纪委监委 王明");
  await press("/draw");
  await page.goto(`${at}/inspectors`);
  await press("/inspectors");
  await page.waitForURL(/\/routes/);
  await page.context().close();
  const office = await Visitor.signedIn(city, OFFICE);
  await office.data("POST", "/api/v1/fieldwork/checklists", checklist());
  const { items } = await office.json(`/api/v1/fieldwork/checklists/${CODE}`);
  await office.data("POST", `/api/v1/fieldwork/checklists/${CODE}/1/publication`, { version: items[0].version });
  for (const [type] of TYPES) await office.data("PUT", `/api/v1/fieldwork/types/${type}`, { checklist: CODE });
}

/** What is looked at: conditions, constraints in both languages, rows that are added and rows that are asked for, every kind of answer. */
function checklist() {
  const COLUMNS = ["type", "name", "label::中文 (zh)", "label::English (en)", "required", "relevant", "constraint", "constraint_message::中文 (zh)", "constraint_message::English (en)", "default", "calculation", "repeat_count", "cc_standard", "cc_rule", "cc_more"];
  const ask = (type, name, zh, en, more = {}) => COLUMNS.map((column, at) => [type, name, zh, en][at] ?? more[column] ?? "");
  const must = { required: "yes" };
  const bad = "${floor} = 'unmet' or ${stalls} = 'unmet' or ${fire_lane} = 'unmet'";
  const conforms = (name, zh, en) => ask("select_one cc_conforms", name, zh, en, { ...must, cc_standard: `现场-${name}`, cc_rule: "conforms" });
  return workbook({
    survey: [
      COLUMNS,
      ask("note", "intro", "走完全部通道。", "Walk every aisle."),
      ask("date", "visited_on", "检查日期", "Day of the visit", { ...must, constraint: ". <= today()" }),
      ask("time", "visited_at", "到达时间", "Time of arrival"),
      ask("select_one light", "light", "检查时的天色", "Light at the visit", { ...must, default: "day" }),
      ask("geopoint", "gate", "正门位置", "Where the main gate is"),
      ask("begin group", "order", "环境秩序", "Order"),
      conforms("floor", "地面干净", "The floor is clean"),
      conforms("stalls", "摊位在划线以内", "Stalls keep within their lines"),
      conforms("fire_lane", "消防通道畅通", "Fire lanes are free"),
      ask("image", "order_photo", "问题照片", "Pictures of what is wrong", { ...must, relevant: bad }),
      ask("image", "order_photo_2", "问题照片", "Pictures of what is wrong", { relevant: "${order_photo} != ''", cc_more: "order_photo" }),
      ask("select_multiple faults", "faults", "另外看到的问题", "What else was seen"),
      ask("end group", "", "", ""),
      ask("begin group", "lamps", "照明", "Lamps", { relevant: "${light} = 'night'" }),
      ask("integer", "lamps_all", "灯的总数", "Lamps in all", { ...must, constraint: ". >= 0" }),
      ask("integer", "lamps_lit", "亮着的灯", "Lamps that are lit", { ...must, constraint: ". >= 0 and . <= ${lamps_all}", "constraint_message::中文 (zh)": "亮灯数不能多于总数。", "constraint_message::English (en)": "No more can be lit than there are." }),
      ask("calculate", "lamps_share", "亮灯率", "Share that is lit", { calculation: "round(${lamps_lit} div ${lamps_all} * 100, 1)" }),
      ask("end group", "", "", ""),
      ask("begin repeat", "notices", "公益广告", "Public notices"),
      ask("geopoint", "notice_at", "位置", "Where it is", must),
      ask("select_one cc_conforms_strict", "notice_whole", "没有破损", "Not damaged", must),
      ask("end repeat", "", "", ""),
      ask("begin repeat", "asked", "询问摊主", "Stall holders asked", { repeat_count: "5" }),
      ask("select_one cc_conforms_strict", "knows", "说得出要求", "Can say what is asked for", must),
      ask("end repeat", "", "", ""),
      ask("begin group", "services", "配套设施", "Services"),
      ask("select_one grades", "toilet", "公厕卫生", "Cleanliness of the toilets", must),
      ask("integer", "scales", "公平秤数量", "Public scales", must),
      ask("decimal", "price", "公平秤误差（克）", "Error of the scales, grams"),
      ask("end group", "", "", ""),
      ask("geotrace", "way", "走过的路线", "The way that was walked"),
      ask("geoshape", "spill", "占道经营的范围", "Ground taken by stalls"),
      ask("audio", "spoken", "口述补充", "Spoken remarks"),
      ask("text", "remarks", "补充说明", "Remarks"),
    ],
    choices: [
      ["list_name", "name", "label::中文 (zh)", "label::English (en)"],
      ["light", "day", "白天", "By day"],
      ["light", "night", "天黑后", "After dark"],
      ["faults", "cable", "电线乱拉", "Loose cables"],
      ["faults", "drain", "下水不畅", "Blocked drains"],
      ["grades", "A", "好", "Good"],
      ["grades", "B", "一般", "Fair"],
      ["grades", "C", "差", "Poor"],
    ],
    settings: [["form_title", "form_id", "version", "cc_title_en"], ["现场检查表", CODE, "1", "On-site checklist"]],
  });
}
