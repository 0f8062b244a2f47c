namespace OpsConsole.Core.Storage.Audit;

/// <summary>The audit trail's schema: SQL files in this folder, which the migrations run as they are.</summary>
internal static class AuditSchema
{
    /// <summary>The text of <c>Schema/NAME.sql</c>.</summary>
    public static string Read(string name)
    {
        using var stream = typeof(AuditSchema).Assembly.GetManifestResourceStream($"audit/{name}.sql")
            ?? throw new InvalidOperationException($"The assembly lacks the schema audit/{name}.sql.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
