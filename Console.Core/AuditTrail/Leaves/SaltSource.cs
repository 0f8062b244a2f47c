using System.Security.Cryptography;

namespace OpsConsole.Core.AuditTrail.Leaves;

/// <summary>Random bytes for salts, asked from the system a page at a time; what was given out is wiped.</summary>
internal sealed class SaltSource
{
    private readonly byte[] _page = new byte[4096];
    private int _used = 4096;

    public void Fill(Span<byte> target)
    {
        if (_page.Length - _used < target.Length)
        {
            RandomNumberGenerator.Fill(_page);
            _used = 0;
        }

        var taken = _page.AsSpan(_used, target.Length);
        taken.CopyTo(target);
        taken.Clear();
        _used += target.Length;
    }
}
