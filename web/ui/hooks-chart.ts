import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type Plot from 'uplot'

type Series = {
  /** Moments, values, and what stands below each. */
  at: readonly number[]
  values: readonly number[]
  marks: readonly string[]
  told: (value: number) => string
}

const HEIGHT = 180
const SIDE = 72

/** Draws a line into an element, and tells at which of its points the pointer is. */
export function useChart(series: Series): {
  place: RefObject<HTMLDivElement | null>
  pointed: number | null
} {
  const place = useRef<HTMLDivElement>(null)
  const [pointed, point] = useState<number | null>(null)
  const key = JSON.stringify([series.at, series.values])
  useEffect(() => {
    let chart: Plot | null = null
    let isGone = false
    const resize = () => {
      if (place.current) chart?.setSize({ width: place.current.clientWidth, height: HEIGHT })
    }
    // Long charts are rare: the page does not carry the library before one is looked at.
    void import('uplot').then(({ default: UPlot }) => {
      const element = place.current
      if (isGone || !element) return
      const data: Plot.AlignedData = [series.at.map((_, i) => i), [...series.values]]
      chart = new UPlot(optionsOf(series, element, point), data, element)
    })
    addEventListener('resize', resize)
    return () => {
      isGone = true
      removeEventListener('resize', resize)
      chart?.destroy()
    }
  }, [key])
  return { place, pointed }
}

function optionsOf(
  { marks, told }: Series,
  element: HTMLElement,
  point: (at: number | null) => void,
): Plot.Options {
  const style = getComputedStyle(element)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  const font = `13px ${style.fontFamily}`
  const axis = { stroke: colour('--ink-soft'), font, grid: { stroke: colour('--line') } }
  return {
    width: element.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    scales: { x: { time: false } },
    cursor: { y: false, drag: { setScale: false } },
    axes: [
      Object.assign(
        { values: (_: Plot, ticks: number[]) => ticks.map((i) => marks[i] ?? '') },
        axis,
      ),
      Object.assign({ size: SIDE, values: (_: Plot, ticks: number[]) => ticks.map(told) }, axis),
    ],
    series: [{}, { stroke: colour('--accent'), fill: colour('--accent-soft'), width: 2 }],
    hooks: { setCursor: [({ cursor }) => point(cursor.idx ?? null)] },
  }
}
