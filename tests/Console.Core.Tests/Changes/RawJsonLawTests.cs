using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using OpsConsole.Core.Changes;

namespace OpsConsole.Core.Tests.Changes;

/// <summary>
/// What stands in a resource and is not changed leaves as it came, byte for byte: unknown fields of any name at every level, text in
/// any spelling, numbers that no .NET type holds. The reader here is a second one: it knows positions in a text, and no type of ours.
/// </summary>
public sealed class RawJsonLawTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(1500);

    private static readonly string[] Numbers = ["0", "-0", "1.0", "1e400", "-1E+2", "1.50", "12345678901234567890123", "0.1e-7", "3"];

    // Each as it would stand between its quotes.
    private static readonly string[] Texts =
    [
        "", "a", "ü", "\\u00fc", "\\u0041", "\\/", "\\n\\t", "<&>'", "\\u2028", "😀", "\\ud83d\\ude00", "\\u0000", "a.b/c[d]", "ﬀ", "e\u0301", "\\\"", "\\\\", "template", "עברית",
    ];

    private static Gen<string> Value => Gen.Sized(static size => Of(Math.Min(size, 4)));

    [Fact]
    public void Body_AnyUnknownFieldsAnyChange_HoldsThemByteForByte()
    {
        var samples = Services.ServicesAndChanges
            .SelectMany(static _ => Value.ArrayOf(8), static (sample, values) => (sample.Json, sample.Change, values))
            .SelectMany(static _ => Gen.Elements(Texts).ArrayOf(8), static (s, names) => (Json: Sow(s.Json, s.values, names), s.Change));
        Prop.ForAll(samples.ToArbitrary(), static sample =>
        {
            if (Planner.Plan(new PlanInput { Resource = Services.Name, RawJson = sample.Json }, sample.Change) is not Planning.Ready { Plan: var plan })
            {
                return;
            }

            var came = Leaves(sample.Json);
            var allowed = plan.Settings.Select(static s => "/" + s.Path.Replace('.', '/').Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal)).ToList();
            foreach (var (path, text) in Leaves(plan.Body))
            {
                if (came.TryGetValue(path, out var before) ? before == text : path.EndsWith("/resources/cpuIdle", StringComparison.Ordinal))
                {
                    continue;
                }

                Assert.True(allowed.Exists(a => path == a || path.StartsWith(a + "/", StringComparison.Ordinal)), $"{path}: {came.GetValueOrDefault(path)} -> {text} of {plan.Change}");
            }
        }).Check(Many);
    }

    [Theory]
    [InlineData("""{"name":"n","etag":"e","template":{"containers":[{"image":"i","image":"j"}]}}""")]
    [InlineData("""{"name":"n","etag":"e","a":1,"\u0061":2,"template":{"containers":[{"image":"i"}]}}""")]
    [InlineData("""{"name":"n","etag":"e","template":{"containers":[{"image":"i","x":"\ud800"}]}}""")]
    [InlineData("""{"name":"n","etag":"e","template":{"containers":[{"image":"i","\udc00":1}]}}""")]
    [InlineData("""{"name":"n","etag":"e","template":{"containers":[{"image":"i"}]}""")]
    [InlineData("[]")]
    [InlineData("")]
    public void Plan_JsonThatIsNoneOrAmbiguous_IsRefusedAndNeverGuessed(string json)
    {
        var planning = Planner.Plan(new PlanInput { Resource = Services.Name, RawJson = json }, new Core.Changes.Kinds.SetConcurrency(3));

        Assert.Contains("could not be read", Assert.Single(Assert.IsType<Planning.Refused>(planning).Refusals).Reason, StringComparison.Ordinal);
    }

    private static Gen<string> Of(int depth) => depth == 0
        ? Gen.OneOf(Gen.Elements(Numbers), Gen.Elements(Texts).Select(static t => $"\"{t}\""), Gen.Elements("true", "false", "null"))
        : Gen.OneOf(
            Of(0),
            Of(depth - 1).ArrayOf(2).Select(static items => $"[{string.Join(" , ", items)}]"),
            Of(depth - 1).Two().SelectMany(static _ => Gen.Elements(Texts), static (two, name) => $"{{ \"{name}\" : {two.Item1},\"z{name}\":{two.Item2} }}"));

    // At the front of every object that the builder of services makes: the resource, its template, containers, resources, limits, scaling, targets.
    private static string Sow(string json, string[] values, string[] names)
    {
        var sown = new StringBuilder();
        var next = 0;
        var inText = false;
        for (var i = 0; i < json.Length; i++)
        {
            sown.Append(json[i]);
            inText ^= json[i] == '"' && (i == 0 || json[i - 1] != '\\');
            if (json[i] == '{' && !inText && json[(i + 1)..].TrimStart() is [not '}', ..])
            {
                sown.Append(CultureInfo.InvariantCulture, $"\"new{names[next % names.Length]}\": {values[next % values.Length]} ,");
                next++;
            }
        }

        return sown.ToString();
    }

    // Every value by its path, as it is written.
    private static Dictionary<string, string> Leaves(string json)
    {
        Dictionary<string, string> leaves = new(StringComparer.Ordinal);
        using var document = JsonDocument.Parse(json);
        Add(document.RootElement, "");
        return leaves;

        void Add(JsonElement element, string path)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.Object when element.EnumerateObject().Any():
                    foreach (var property in element.EnumerateObject())
                    {
                        Add(property.Value, $"{path}/{property.Name}");
                    }

                    break;
                case JsonValueKind.Array when element.GetArrayLength() > 0:
                    var i = 0;
                    foreach (var item in element.EnumerateArray())
                    {
                        var name = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("name", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
                        Add(item, $"{path}/{name ?? i.ToString(CultureInfo.InvariantCulture)}");
                        i++;
                    }

                    break;
                default:
                    leaves[path] = element.GetRawText();
                    break;
            }
        }
    }
}
