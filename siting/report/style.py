"""The look of the report, on screen and on A4."""

from typing import Final

CSS: Final = """
:root{color-scheme:light}
*{box-sizing:border-box}
body{font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;
color:#1f2933;background:#fff;margin:0 auto;padding:28px 24px 60px;max-width:1120px}
h1{font-size:28px;line-height:1.2;margin:0 0 6px;color:#12324a}
h2{font-size:19px;margin:34px 0 10px;color:#12324a;border-bottom:1px solid #dde3e8;
padding-bottom:4px}
h3{font-size:15px;margin:18px 0 6px}
p{margin:6px 0 10px}
.question{font-size:17px;color:#334}
.meta,.note{color:#61707d;font-size:13px}
.banner{background:#fff4e0;border-left:4px solid #d55e00;padding:8px 12px;margin:10px 0}
.lead{background:#f3f7fa;border-left:4px solid #0072b2;padding:8px 12px;margin:8px 0}
table{border-collapse:collapse;width:100%;font-size:13px;margin:8px 0 12px}
th{text-align:left;vertical-align:bottom;border-bottom:2px solid #b9c1c8;padding:4px 6px;
font-weight:600}
td{vertical-align:top;border-bottom:1px solid #e8ecef;padding:4px 6px;
overflow-wrap:break-word}
.n{text-align:right;font-variant-numeric:tabular-nums}
td.n{white-space:nowrap}td.w{min-width:150px}td.s{overflow-wrap:anywhere;min-width:160px}
.bar{display:inline-block;height:9px;background:#7fb8d8;vertical-align:middle;
margin-right:5px}
.k{white-space:nowrap}
.halo{paint-order:stroke;stroke:#fff;stroke-width:3px}
.sub{display:block;color:#61707d;font-size:11px;white-space:nowrap}
.fine{font-size:11.5px}.fine td,.fine th{padding:2px 6px}
.badge{display:inline-block;padding:0 7px;border-radius:9px;font-size:11px;
border:1px solid #b9c1c8}
.measured{background:#d5e8d4}.published{background:#dcebf7}.derived{background:#f0e6f7}
.assumed{background:#ffe9d1}
svg{display:block;width:100%;max-width:840px;height:auto;font:12px system-ui,sans-serif;margin:6px 0}
ul{margin:6px 0 10px;padding-left:20px}
code{font-size:11px;overflow-wrap:anywhere}
.small{font-size:11px}
@page{size:A4;margin:14mm 12mm}
@media print{
body{font-size:11px;max-width:none;padding:0}
h1{font-size:20px}h2{font-size:14px;margin-top:16px;break-after:avoid}
table{font-size:9px}th,td{padding:2px 4px}
.sub,.badge{font-size:7.5px}.note,.meta{font-size:9.5px}.question{font-size:13px}
svg{max-width:150mm}
tr,svg,.lead,.banner{break-inside:avoid}thead{display:table-header-group}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
"""
