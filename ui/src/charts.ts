/** `<figure data-chart='{"kind":"bar"}'>`: draws what the table inside says. The table stays, for everyone. */
import { BarChart, HeatmapChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { init, use, type EChartsType } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([BarChart, LineChart, HeatmapChart, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent, CanvasRenderer]);

interface Wish {
  kind: "bar" | "row" | "line" | "stacked" | "heat";
  /** Written after values, for example `%`. */
  unit?: string;
  /** A target line. */
  target?: number;
  /** Where the value axis begins; without it, at zero. */
  min?: number;
}

interface Data {
  categories: string[];
  series: { name: string; values: (number | null)[] }[];
}

export function start(figure: HTMLElement): void {
  const table = figure.querySelector("table");
  if (!table) return;
  const wish = JSON.parse(figure.dataset["chart"] || "{}") as Wish;
  const data = read(table);

  const place = document.createElement("div");
  place.className = "chart-canvas";
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", figure.querySelector("figcaption")?.textContent?.trim() ?? "");
  const details = figure.querySelector("details");
  figure.insertBefore(place, details ?? table.closest(".grid-wrap") ?? table);
  if (details) details.open = false;

  const chart = init(place, null, { renderer: "canvas" });
  const draw = () => chart.setOption(option(wish, data, colours(), figure.lang || document.documentElement.lang, place.clientWidth), { notMerge: true });
  draw();
  figure.dataset["ready"] = "";
  document.addEventListener("cc:theme", draw);
  new ResizeObserver(() => resize(chart, place)).observe(place);
}

function resize(chart: EChartsType, place: HTMLElement): void {
  if (place.isConnected) chart.resize();
  else chart.dispose();
}

/** First column: categories. Other columns: one series each. `data-value` beats the text of a cell. */
function read(table: HTMLTableElement): Data {
  const names = [...(table.tHead?.rows[0]?.cells ?? [])].slice(1).map(words);
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
  return {
    categories: rows.map((row) => (row.cells[0] ? words(row.cells[0]) : "")),
    series: names.map((name, at) => ({ name, values: rows.map((row) => number(row.cells[at + 1])) })),
  };
}

function words(cell: HTMLElement): string {
  return cell.textContent?.trim() ?? "";
}

function number(cell: HTMLElement | undefined): number | null {
  const text = cell?.dataset["value"] ?? cell?.textContent?.replace(/[^\d.+-]/g, "") ?? "";
  return text === "" || Number.isNaN(Number(text)) ? null : Number(text);
}

interface Colours {
  ink: string;
  muted: string;
  line: string;
  surface: string;
  palette: string[];
  accent: string;
  low: string;
}

function colours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const dark = style.colorScheme === "dark" || (style.colorScheme.includes("dark") && matchMedia("(prefers-color-scheme: dark)").matches);
  return dark
    ? { ink: "#e6eef0", muted: "#9db0b5", line: "#243237", surface: "#131d20", accent: "#f28d75", low: "#16262b", palette: ["#4fb0c6", "#f0b45c", "#6fd0a2", "#b9abf2", "#f28d75", "#93a3a7"] }
    : { ink: "#12242a", muted: "#51646a", line: "#dde5e6", surface: "#ffffff", accent: "#b93a22", low: "#eef5f6", palette: ["#1c7f95", "#d98a1f", "#2d9c6f", "#7d6bc4", "#cf4a37", "#7f9096"] };
}

function option(wish: Wish, data: Data, colour: Colours, language: string, room: number): Parameters<EChartsType["setOption"]>[0] {
  const format = new Intl.NumberFormat(language || undefined, { maximumFractionDigits: 2 });
  const written = (value: unknown) => (typeof value === "number" ? `${format.format(value)}${wish.unit ?? ""}` : "–");
  const family = getComputedStyle(document.body).fontFamily;
  const text = { color: colour.muted, fontFamily: family, fontSize: 13 };
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const category = {
    type: "category" as const,
    data: wish.kind === "heat" ? data.series.map(({ name }) => name) : data.categories,
    axisLabel: { ...text, hideOverlap: true },
    axisLine: { lineStyle: { color: colour.line } },
    axisTick: { show: false },
  };
  const shared = {
    animation: !calm,
    textStyle: { fontFamily: family },
    color: colour.palette,
    // Drawn on the canvas: an HTML tooltip would need inline styles.
    tooltip: {
      renderMode: "richText" as const,
      trigger: (wish.kind === "heat" ? "item" : "axis") as "item" | "axis",
      confine: true,
      backgroundColor: colour.surface,
      borderColor: colour.line,
      textStyle: { color: colour.ink, fontFamily: family },
      valueFormatter: written,
      axisPointer: { type: wish.kind === "line" ? ("line" as const) : ("shadow" as const) },
    },
    grid: { left: 4, right: 16, top: data.series.length > 1 && wish.kind !== "heat" ? 44 : 16, bottom: 4, containLabel: true },
  };

  if (wish.kind === "heat") {
    const values = data.series.flatMap(({ values }) => values.filter((value) => value !== null));
    return {
      ...shared,
      xAxis: category,
      yAxis: { ...category, data: data.categories, inverse: true },
      visualMap: {
        min: Math.min(0, ...values),
        max: Math.max(1, ...values),
        calculable: false,
        show: false,
        inRange: { color: [colour.low, colour.palette[0] ?? colour.ink] },
      },
      series: [
        {
          type: "heatmap",
          data: data.series.flatMap(({ values }, x) => values.map((value, y) => [x, y, value ?? "-"])),
          label: { show: data.series.length <= 16, color: colour.ink, fontFamily: family },
          itemStyle: { borderColor: colour.surface, borderWidth: 2, borderRadius: 4 },
        },
      ],
    };
  }

  const lying = wish.kind === "row";
  // On a phone the names of units leave little for the bars: they are cut short, and the axis says less.
  const narrow = room < 480;
  const value = {
    type: "value" as const,
    min: wish.min,
    ...(lying && narrow ? { splitNumber: 2 } : {}),
    axisLabel: { ...text, formatter: written, hideOverlap: true },
    splitLine: { lineStyle: { color: colour.line } },
  };
  const target = wish.target === undefined ? {} : {
    markLine: {
      symbol: "none",
      silent: true,
      lineStyle: { color: colour.accent, type: "dashed" as const, width: 1.5 },
      label: { color: colour.accent, formatter: written(wish.target), fontFamily: family, position: "insideEndTop" as const },
      data: [lying ? { xAxis: wish.target } : { yAxis: wish.target }],
    },
  };
  return {
    ...shared,
    legend: { show: data.series.length > 1, top: 0, left: 0, icon: "roundRect", itemWidth: 12, itemHeight: 12, textStyle: text },
    xAxis: lying ? value : category,
    yAxis: lying ? { ...category, inverse: true, axisLabel: narrow ? { ...category.axisLabel, width: room * 0.4, overflow: "truncate" as const } : category.axisLabel } : value,
    series: data.series.map(({ name, values }, at) => ({
      name,
      data: values,
      ...(at === 0 ? target : {}),
      ...(wish.kind === "line"
        ? { type: "line" as const, smooth: 0.2, symbolSize: 7, lineStyle: { width: 2.5 }, showSymbol: values.length < 40 }
        : {
            type: "bar" as const,
            stack: wish.kind === "stacked" ? "all" : undefined,
            barMaxWidth: 28,
            itemStyle: { borderRadius: wish.kind === "stacked" ? 0 : lying ? [0, 4, 4, 0] : [4, 4, 0, 0] },
          }),
    })),
  };
}
