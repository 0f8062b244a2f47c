using System.Globalization;
using OpsConsole.Core.Changes;

namespace OpsConsole.Web.Changes.Forms;

/// <summary>One thing that can be changed, as screens offer it: what it is now, what one click does, and a form for other values.</summary>
public abstract class ChangeForm
{
    /// <summary>Its name in addresses.</summary>
    public abstract string Key { get; }

    /// <summary>Heading that it stands under.</summary>
    public abstract string Group { get; }

    /// <summary>What it is called.</summary>
    public abstract string Title { get; }

    /// <summary>Whether it exists for a resource.</summary>
    public virtual bool Offers(ChangeSubject subject) => subject.Service is not null;

    /// <summary>What it is now, for people.</summary>
    public abstract string Present(ChangeSubject subject);

    /// <summary>The changes that need no values.</summary>
    public virtual IEnumerable<Change> OneClick(ChangeSubject subject) => [];

    /// <summary>The inputs; empty where it has no form.</summary>
    /// <param name="subject">What is to be changed.</param>
    /// <param name="change">The change that the form is to show; null shows the values of now.</param>
    public virtual IReadOnlyList<ChangeField> Fields(ChangeSubject subject, Change? change) => [];

    /// <summary>The change that the inputs ask for.</summary>
    public virtual FormReading Read(ChangeSubject subject, IReadOnlyDictionary<string, string> values) => new(null);

    /// <summary>True where its inputs are settings of their own, and one that is missing from the values is left as it is.</summary>
    public virtual bool IsOfParts => false;

    /// <summary>The change that the inputs of one resource ask for: what still has the value of now is not asked for.</summary>
    public FormReading ReadChanged(ChangeSubject subject, IReadOnlyDictionary<string, string> values)
    {
        if (!IsOfParts)
        {
            return Read(subject, values);
        }

        var present = Fields(subject, null).ToDictionary(static f => f.Key, static f => f.Value, StringComparer.Ordinal);
        return Read(subject, values.Where(v => v.Value.Trim() != present.GetValueOrDefault(v.Key)).ToDictionary(StringComparer.Ordinal));
    }

    /// <summary>The inputs for several resources: empty where each keeps its own.</summary>
    /// <param name="sample">One of them.</param>
    public IReadOnlyList<ChangeField> FieldsForSeveral(ChangeSubject sample) => IsOfParts
        ? [.. Fields(sample, null).Select(static f => f with { Value = "", Hint = $"{f.Hint.Replace("empty or ", "", StringComparison.Ordinal)}; empty: each keeps its own" })]
        : Fields(sample, null);

    /// <summary>The change that the inputs for several resources ask for.</summary>
    /// <param name="sample">One of them.</param>
    /// <param name="values">What is in the inputs.</param>
    public FormReading ReadForSeveral(ChangeSubject sample, IReadOnlyDictionary<string, string> values)
    {
        if (!IsOfParts)
        {
            return Read(sample, values);
        }

        var filled = values.Where(static v => !string.IsNullOrWhiteSpace(v.Value)).ToDictionary(StringComparer.Ordinal);
        return filled.Count == 0 ? FormReading.Bad(Fields(sample, null)[0].Key, "Type at least one value.") : Read(sample, filled);
    }

    /// <summary>True where this form shows a change.</summary>
    public abstract bool Is(Change change);

    /// <summary>A whole number as text.</summary>
    protected static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A value as a whole number; null where it is none.</summary>
    protected static int? Number(IReadOnlyDictionary<string, string> values, string key) =>
        int.TryParse(values.GetValueOrDefault(key, "").Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>True where an input is to be read: see <see cref="IsOfParts"/>.</summary>
    protected static bool Has(IReadOnlyDictionary<string, string> values, string key) => values.ContainsKey(key);

    /// <summary>True where an input is left empty.</summary>
    protected static bool IsEmpty(IReadOnlyDictionary<string, string> values, string key) => string.IsNullOrWhiteSpace(values.GetValueOrDefault(key, ""));

    /// <summary>A whole number was asked for, and none came.</summary>
    protected static FormReading NoNumber(string key) => FormReading.Bad(key, "Type a whole number.");
}
