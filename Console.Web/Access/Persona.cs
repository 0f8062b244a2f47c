using OpsConsole.Core.Access;

namespace OpsConsole.Web.Access;

/// <summary>A made-up person of the demo.</summary>
/// <param name="Key">What the sign-in form sends.</param>
/// <param name="Actor">Who that is.</param>
/// <param name="Does">What they are here for, in a sentence.</param>
public sealed record Persona(string Key, Actor Actor, string Does)
{
    /// <summary>All of them, in the order shown.</summary>
    public static IReadOnlyList<Persona> All { get; } =
    [
        new("sre", new Actor("sam.rivera@acme.example", "Sam Rivera", [Role.Sre]), "Site reliability engineer: inspects revisions, finds background work, changes settings."),
        new("compliance", new Actor("clara.weiss@acme.example", "Clara Weiss", [Role.Compliance]), "Compliance officer: browses and verifies the audit trail, and exports evidence."),
        new("compliance2", new Actor("omar.haddad@acme.example", "Omar Haddad", [Role.Compliance]), "Compliance officer too: what needs two people needs him."),
        new("approver", new Actor("ines.moreau@acme.example", "Ines Moreau", [Role.Approver]), "Approver: decides on changes that others ask for."),
        new("viewer", new Actor("vik.patel@acme.example", "Vik Patel", [Role.Viewer]), "Viewer: sees everything that is not restricted, changes nothing."),
        new("admin", new Actor("ada.novak@acme.example", "Ada Novak", [Role.Admin]), "Administrator: runs the console itself."),
    ];

    /// <summary>By key; null when there is none.</summary>
    public static Persona? Find(string? key) => All.FirstOrDefault(p => string.Equals(p.Key, key, StringComparison.Ordinal));
}
