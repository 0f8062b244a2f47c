using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OpsConsole.Testing.Google;

/// <summary>One answer of <see cref="ScriptedGoogle"/>.</summary>
public sealed record ScriptedAnswer
{
    /// <summary>What goes wrong on the wire.</summary>
    public enum Fault
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>No byte is ever sent.</summary>
        Hang,

        /// <summary>The connection is cut after half of the body.</summary>
        HalfABody,

        /// <summary>The connection is cut before the status line.</summary>
        Reset,
    }

    public int Status { get; init; } = 200;

    public string ContentType { get; init; } = "application/json; charset=UTF-8";

    public byte[] Body { get; init; } = [];

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public Fault Broken { get; init; }

    /// <summary>The connection is taken and nothing comes.</summary>
    public static ScriptedAnswer Hang { get; } = new() { Broken = Fault.Hang };

    /// <summary>The connection is cut before the answer.</summary>
    public static ScriptedAnswer Reset { get; } = new() { Broken = Fault.Reset };

    /// <summary>JSON as given, byte for byte.</summary>
    public static ScriptedAnswer Json(string json, int status = 200) => new() { Status = status, Body = Encoding.UTF8.GetBytes(json) };

    /// <summary>An HTML page, as front ends and proxies send it.</summary>
    public static ScriptedAnswer Html(int status, string title) => new()
    {
        Status = status,
        ContentType = "text/html; charset=UTF-8",
        Body = Encoding.UTF8.GetBytes($"<!DOCTYPE html>\n<html lang=en>\n<meta charset=utf-8>\n<title>{title}</title>\n<p><b>{status}.</b>\n"),
    };

    /// <summary>Google's error envelope.</summary>
    public static ScriptedAnswer Error(int code, string status, string message, string details = "") => Json(
        $$$"""{"error":{"code":{{{code.ToString(CultureInfo.InvariantCulture)}}},"message":{{{JsonSerializer.Serialize(message)}}},"status":"{{{status}}}"{{{(details.Length == 0 ? "" : $",\"details\":[{details}]")}}}}}""",
        code);

    /// <summary>The whole length is promised, half of it comes.</summary>
    public static ScriptedAnswer HalfABody(string json) => Json(json) with { Broken = Fault.HalfABody };

    /// <summary>The same with one more header.</summary>
    public ScriptedAnswer With(string header, string value) =>
        this with { Headers = new Dictionary<string, string>(Headers, StringComparer.Ordinal) { [header] = value } };
}
