namespace OpsConsole.Web.Controls;

/// <summary>E-mail addresses shortened to what tells people apart in a table.</summary>
public static class PersonText
{
    /// <summary>What stands before the <c>@</c>; the whole text where there is none.</summary>
    public static string Short(string person) => person.IndexOf('@', StringComparison.Ordinal) is > 0 and var at ? person[..at] : person;
}
