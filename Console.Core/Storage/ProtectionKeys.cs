using Microsoft.EntityFrameworkCore;

namespace OpsConsole.Core.Storage;

/// <summary>Keys of ASP.NET Data Protection in the console's database, so that all consoles on it share them. Few, and read seldom.</summary>
public sealed class ProtectionKeys(ConsoleDatabase database)
{
    /// <summary>All of them, as XML.</summary>
    public IReadOnlyList<string> All()
    {
        using var db = database.Open();
        return [.. db.ProtectionKeys.AsNoTracking().Select(static key => key.Xml)];
    }

    /// <summary>Adds one. A name that is there already stays as it is: the library never changes a key.</summary>
    public void Add(string name, string xml)
    {
        database.RefuseDamaged();
        using var db = database.Open();
        if (!db.ProtectionKeys.Any(key => key.Name == name))
        {
            db.ProtectionKeys.Add(new ProtectionKeyRow { Name = name, Xml = xml });
            db.SaveChanges();
        }
    }
}
