using System.Text;
using System.Text.Json;

namespace OpsConsole.Core.Logs.Reading;

/// <summary>Reads the YAML that <c>gcloud logging read</c> prints by default: one document for each entry, <c>---</c> before it.</summary>
internal static class YamlEntries
{
    private static readonly string[] Keys =
    [
        "apphub", "errorGroups", "httpRequest", "insertId", "jsonPayload", "labels", "logName", "operation", "otel", "protoPayload",
        "receiveTimestamp", "resource", "severity", "sourceLocation", "spanId", "split", "textPayload", "timestamp", "trace", "traceSampled",
    ];

    /// <summary>Whether a text begins like it: with <c>---</c>, or with a key of an entry at the beginning of a line.</summary>
    internal static bool IsYaml(ReadOnlySpan<byte> head)
    {
        head = head.TrimStart("\r\n"u8);
        var end = head.IndexOf((byte)'\n');
        var line = Encoding.UTF8.GetString(end < 0 ? head : head[..end]).TrimEnd();
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return line == "---" || (colon > 0 && (colon + 1 == line.Length || line[colon + 1] == ' ') && Keys.Contains(line[..colon], StringComparer.Ordinal));
    }

    /// <summary>
    /// Writes each document as one line of JSON, and an empty line for each further one of its lines, so that line numbers
    /// stay those of the file.
    /// </summary>
    internal static void ToJsonLines(TextReader yaml, Stream json)
    {
        var document = new List<string>();
        while (yaml.ReadLine() is { } line)
        {
            if (IsBreak(line))
            {
                Write(document, json);
                document.Clear();
                json.WriteByte((byte)'\n');
            }
            else
            {
                document.Add(line);
            }
        }

        Write(document, json);
    }

    // --- also where a document ends with ...
    private static bool IsBreak(string line) => line.StartsWith("---", StringComparison.Ordinal) && line.AsSpan(3).TrimEnd().Length == 0;

    private static void Write(List<string> document, Stream json)
    {
        if (document.Exists(line => line.Length > 0))
        {
            using var buffer = new MemoryStream();
            try
            {
                using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
                {
                    new YamlDocument(document).WriteTo(writer);
                }

                json.Write(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
            }
            catch (FormatException exception)
            {
                // A line that is no JSON: the reader lists it with its line number.
                json.Write(Encoding.UTF8.GetBytes($"YAML that is not understood: {exception.Message}"));
            }
        }

        for (var i = 0; i < document.Count; i++)
        {
            json.WriteByte((byte)'\n');
        }
    }
}
