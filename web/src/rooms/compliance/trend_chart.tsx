// Share met at each day's end or in each period, drawn as SVG; a table of the same figures for who does not see it.
import { LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { memo, useEffect, useRef } from 'react';
import { t } from '@/i18n/i18n';
import { share } from '@/i18n/format';
import { useLook } from '@/ui/look';

use([LineChart, GridComponent, TooltipComponent, SVGRenderer]);

// `name` in full, `label` below the axis.
export type TrendPoint = { name: string; label: string; due: number; done: number };

const percent = (point: TrendPoint) =>
  point.due === 0 ? null : Math.round((point.done * 1000) / point.due) / 10;

// Drawn anew when its points are others, not when the same ones came again.
const same = (a: { points: TrendPoint[] }, b: { points: TrendPoint[] }) =>
  JSON.stringify(a.points) === JSON.stringify(b.points);

export default memo(TrendChart, same);

function TrendChart({ points }: { points: TrendPoint[] }) {
  const box = useRef<HTMLDivElement>(null);
  const { size } = useLook();
  useEffect(() => {
    if (!box.current) return undefined;
    const colour = (name: string) =>
      getComputedStyle(document.documentElement).getPropertyValue(name);
    const chart = init(box.current, null, { renderer: 'svg' });
    const text = { color: colour('--ink-2'), fontSize: size === 'large' ? 17 : 12 };
    chart.setOption({
      animation: false,
      grid: { left: 44, right: 16, top: 12, bottom: 28 },
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      tooltip: {
        trigger: 'axis',
        renderMode: 'richText',
        formatter: (items: { dataIndex: number }[]) => {
          const point = points[items[0]?.dataIndex ?? 0];
          return point ? `${point.name}  ${share(point.done, point.due)}` : '';
        },
      },
      xAxis: { type: 'category', data: points.map((point) => point.label), axisLabel: text },
      yAxis: {
        type: 'value',
        min: 0,
        max: 100,
        axisLabel: { ...text, formatter: '{value}%' },
        splitLine: { lineStyle: { color: colour('--line') } },
      },
      series: [
        {
          type: 'line',
          data: points.map(percent),
          showSymbol: points.length < 15,
          lineStyle: { width: 2, color: colour('--accent') },
          itemStyle: { color: colour('--accent') },
          areaStyle: { color: colour('--accent'), opacity: 0.08 },
        },
      ],
    });
    const resize = () => chart.resize();
    window.addEventListener('resize', resize);
    return () => {
      window.removeEventListener('resize', resize);
      chart.dispose();
    };
  }, [points, size]);
  const last = points.at(-1);
  return (
    <>
      <div ref={box} className="chart" aria-hidden="true" />
      <p className="sr">
        {last
          ? t('standing.trend_text', { day: last.name, share: share(last.done, last.due) })
          : ''}
      </p>
    </>
  );
}
