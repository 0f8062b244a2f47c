using System.Collections;
using System.Data.Common;
using System.Globalization;
using System.Reflection;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Admin;

/// <summary>All settings in effect, by their keys. What is secret is masked here, before anything is shown.</summary>
internal static class EffectiveSettings
{
    private const string Mask = "•••";

    // What of a connection string says where the database is; all else is masked, known or not.
    private static readonly string[] Plain =
        ["host", "server", "port", "database", "username", "user id", "ssl mode", "sslmode", "pooling", "maximum pool size", "minimum pool size", "timeout", "command timeout", "application name", "search path", "target session attributes"];

    private static readonly string[] SecretWords = ["secret", "password", "token"];

    /// <summary>In the order of their keys.</summary>
    public static IReadOnlyList<EffectiveSetting> Of(ConsoleSettings settings) =>
        [.. Walk(settings, new ConsoleSettings(), "").OrderBy(static s => s.Key, StringComparer.Ordinal)];

    private static IEnumerable<EffectiveSetting> Walk(object section, object defaults, string path)
    {
        foreach (var property in section.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static p => p.CanWrite))
        {
            var key = path.Length == 0 ? property.Name : $"{path}:{property.Name}";
            var (value, usual) = (property.GetValue(section), property.GetValue(defaults));
            if (property.PropertyType.Namespace == typeof(ConsoleSettings).Namespace && value is not null && usual is not null && !property.PropertyType.IsEnum)
            {
                foreach (var inner in Walk(value, usual, key))
                {
                    yield return inner;
                }
            }
            else
            {
                var text = Text(value);
                yield return new EffectiveSetting(key, Shown(key, text), text == Text(usual));
            }
        }
    }

    private static string Text(object? value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        IEnumerable list => string.Join(", ", list.Cast<object>()),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Shown(string key, string value)
    {
        if (key == "Database:Connection")
        {
            return MaskConnection(value);
        }

        if (SecretWords.Any(word => key.EndsWith(word, StringComparison.OrdinalIgnoreCase)))
        {
            return value.Length == 0 ? "" : Mask;
        }

        // An address may carry user and password.
        return Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.UserInfo.Length > 0 ? value.Replace(uri.UserInfo, Mask, StringComparison.Ordinal) : value;
    }

    private static string MaskConnection(string connection)
    {
        if (connection.Length == 0)
        {
            return "";
        }

        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = connection };
            return string.Join("; ", parts.Keys.Cast<string>().Select(k => $"{k}={(Plain.Contains(k, StringComparer.OrdinalIgnoreCase) ? parts[k] : Mask)}"));
        }
        catch (ArgumentException)
        {
            return Mask;
        }
    }
}
