using System.Globalization;
using System.Net;
using System.Text;
using OpsConsole.Core.AuditTrail.Events;

namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>
/// <c>report.html</c>: for people, on screen and on paper, without scripts and without anything from elsewhere. Made of the manifest and the disclosed
/// events alone, so that whoever checks a bundle can make it again and compare.
/// </summary>
internal static class EvidenceReport
{
    private const string Style = """
        :root{color-scheme:light dark;--ink:#1b1f24;--soft:#57606a;--line:#d0d7de;--ground:#fff;--band:#f6f8fa;--accent:#1f4e8c;--warn:#9a5b00}
        @media (prefers-color-scheme:dark){:root{--ink:#e6e9ed;--soft:#9aa4af;--line:#3a424c;--ground:#14181d;--band:#1c2127;--accent:#8ab4f0;--warn:#e0a94a}}
        *{box-sizing:border-box}body{margin:0 auto;max-width:72rem;padding:2rem 1.5rem 4rem;background:var(--ground);color:var(--ink);font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;font-variant-numeric:tabular-nums}
        h1{font-size:1.6rem;line-height:1.25;margin:0 0 .25rem}h2{font-size:1.1rem;margin:2rem 0 .5rem;border-bottom:1px solid var(--line);padding-bottom:.25rem}
        p{max-width:46rem;margin:.4rem 0}.soft{color:var(--soft)}.warn{color:var(--warn)}a{color:var(--accent)}
        dl{display:grid;grid-template-columns:minmax(9rem,max-content) 1fr;gap:.3rem 1.25rem;margin:.75rem 0}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
        code,.mono{font:12.5px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
        ul,ol{max-width:46rem;padding-left:1.4rem;margin:.4rem 0}li{margin:.2rem 0}
        .wide{overflow-x:auto}table{border-collapse:collapse;width:100%;margin:.5rem 0}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid var(--line)}
        th{background:var(--band);font-weight:600;white-space:nowrap}td.n,th.n{text-align:right}td.t{white-space:nowrap}td small{color:var(--soft);display:block}
        @page{margin:16mm 12mm}@media print{:root{--ink:#000;--soft:#444;--line:#999;--ground:#fff;--band:#eee;--accent:#000;--warn:#000}
        body{max-width:none;padding:0;font-size:9.5pt}h2{break-after:avoid}tr{break-inside:avoid}thead{display:table-header-group}.wide{overflow:visible}td.t{white-space:normal}code,.mono{font-size:8pt}}
        """;

    /// <summary>The page.</summary>
    public static string Html(EvidenceManifest manifest, IReadOnlyList<EvidenceRow> rows)
    {
        var text = new StringBuilder(16 * 1024);
        text.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>Audit evidence of {H(manifest.Log)}</title>
            <style>
            {Style}
            </style>
            </head>
            <body>
            <header>
            <h1>Audit evidence</h1>
            <p class="soft">{H(manifest.Log)} · {N(manifest.Counts.Disclosed)} {(manifest.Counts.Disclosed == 1 ? "event" : "events")} · taken {H(Time(manifest.ExportedAt))} UTC by {H(manifest.ExportedByName ?? manifest.ExportedBy)}</p>
            </header>
            <main>

            """);
        Facts(text, manifest);
        Claims(text, manifest);
        Events(text, manifest, rows);
        text.Append("</main>\n</body>\n</html>\n");
        return text.ToString().ReplaceLineEndings("\n");
    }

    private static string H(string? text) => WebUtility.HtmlEncode(text ?? "");

    private static string N(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    // 2026-03-01T09:30:00.123456Z → 2026-03-01 09:30:00.123
    private static string Time(string time) => time.Length == AuditTime.Length ? $"{time[..10]} {time[11..23]}" : time;

    private static void Facts(StringBuilder text, EvidenceManifest m)
    {
        text.Append("<h2>What this is</h2>\n<dl>\n");
        Fact("Log", $"<code>{H(m.Log)}</code>");
        Fact("Leaves", m.Range.From == 0 && m.Range.To == m.TreeSize
            ? $"all {N(m.TreeSize)}, indices 0 to {N(m.TreeSize - 1)}"
            : $"{N(m.Counts.Leaves)} of {N(m.TreeSize)}, indices {N(m.Range.From)} to {N(m.Range.To - 1)}");
        if (m.Range.SealedFrom is not null || m.Range.SealedBefore is not null)
        {
            Fact("Asked for", $"sealed {(m.Range.SealedFrom is { } from ? $"from {H(Time(from))} " : "")}{(m.Range.SealedBefore is { } to ? $"to before {H(Time(to))} " : "")}UTC");
        }

        Fact("Filter", m.Filter is { } filter ? $"<code>{H(filter.Text)}</code>" : "none: every event is disclosed");
        Fact("Disclosed", $"{N(m.Counts.Disclosed)} of {N(m.Counts.Events)} events, {N(m.Counts.Fields)} fields");
        if (m.Counts.Erased > 0)
        {
            Fact("Erased", $"{N(m.Counts.Erased)} fields of these events were erased; that they were there is still proved");
        }

        if (m.Counts.Void > 0)
        {
            Fact("Void", $"{N(m.Counts.Void)} leaves declare numbers that were given out and never committed");
        }

        if (m.Counts.Missing > 0)
        {
            Fact("Lost", $"<span class=\"warn\">{N(m.Counts.Missing)} leaves name an event that was taken away before it was sealed</span>");
        }

        Fact("Checkpoint", $"{N(m.TreeSize)} leaves, root <code>{H(m.RootHash)}</code>");
        Fact("Taken by", $"{H(m.ExportedByName)}{(m.ExportedByName is null ? "" : " ")}<code>{H(m.ExportedBy)}</code>");
        Fact("Taken at", $"{H(Time(m.ExportedAt))} UTC");
        Fact("On record as", m.Event is { } id ? $"event <code>{H(id)}</code>, behind this checkpoint" : "nothing: the store could not be written");
        Fact("Made with", H(m.Tool));
        text.Append("</dl>\n");
        foreach (var note in m.Notes)
        {
            text.Append(CultureInfo.InvariantCulture, $"<p class=\"warn\">{H(note)}</p>\n");
        }

        void Fact(string name, string html) => text.Append(CultureInfo.InvariantCulture, $"<dt>{name}</dt><dd>{html}</dd>\n");
    }

    private static void Claims(StringBuilder text, EvidenceManifest m) => text.Append(CultureInfo.InvariantCulture, $"""
        <h2>How to trust it</h2>
        <p>This page proves nothing by itself. The files beside it do, with tools that the console's makers did not write: follow <code>HOW-TO-VERIFY.md</code>, or run <code>opsconsole verify BUNDLE --trust KEY</code>. Get the key, and the root of an earlier checkpoint if you have one, another way than this bundle.</p>
        <ul>
        <li>{(m.Range.From == 0 && m.Range.To == m.TreeSize ? "All leaves of the log are here: their root is the one that the log signed." : "All leaves of the range are here, none left out, added or moved: with the range proof they have the root that the log signed.")}</li>
        <li>Each disclosed field opens a commitment that stands in its leaf. {(m.Filter is null ? "Every event is disclosed." : "The filter can be applied again to the leaves, which all are here: the list misses nothing that it means.")}</li>
        <li>That the log is older than today, and has no second version, is shown by cosignatures of witnesses, by anchors, and by checkpoints that you kept.</li>
        <li>Not proved: that whoever reported an event told the truth, and what happened in the seconds before an event was sealed.</li>
        </ul>

        """);

    private static void Events(StringBuilder text, EvidenceManifest m, IReadOnlyList<EvidenceRow> rows)
    {
        text.Append(CultureInfo.InvariantCulture, $"<h2>Events</h2>\n<p class=\"soft\">{(rows.Count < m.Counts.Disclosed ? $"The first {N(rows.Count)} of {N(m.Counts.Disclosed)}" : $"{N(rows.Count)} in all")}, in the order of the log. Times are UTC.</p>\n");
        if (rows.Count == 0)
        {
            text.Append("<p>No event of the range matches the filter.</p>\n");
            return;
        }

        text.Append("<div class=\"wide\"><table>\n<thead><tr><th class=\"n\">Index</th><th>Time</th><th>Actor</th><th>Action</th><th>Outcome</th><th>Resource</th><th>Workspace</th></tr></thead>\n<tbody>\n");
        foreach (var row in rows)
        {
            var e = row.Opened.Event;
            var resource = e.Resource is { } r ? $"{H(r.Type)} {H(r.Name ?? r.Id)}" : "";
            text.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"n\">{row.Index}</td><td class=\"t\">{H(Time(AuditTime.Print(e.Time)))}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td>{H(e.Actor.DisplayName ?? e.Actor.Id)}{(e.Actor.DisplayName is null ? "" : $"<small>{H(e.Actor.Id)}</small>")}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td class=\"mono\">{H(e.Action)}{(e.Reason is null ? "" : $"<small>{H(Short(e.Reason))}</small>")}</td><td>{H(AuditWords.Of(e.Outcome))}</td><td>{resource}</td><td>{H(e.Workspace)}</td></tr>\n");
        }

        text.Append("</tbody>\n</table></div>\n");
    }

    private static string Short(string text) => text.Length <= 200 ? text : $"{text[..(char.IsHighSurrogate(text[199]) ? 199 : 200)]}…";
}
