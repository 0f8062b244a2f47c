using System.Security.Cryptography;
using System.Text;

namespace OpsConsole.Web.Access;

/// <summary>A token made at each start and printed with the address: proof that a browser belongs to whoever started the console.</summary>
public sealed class StartToken
{
    /// <summary>64 hexadecimal digits.</summary>
    public string Value { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>Tells the cookies of this start from those of others; says nothing of the token.</summary>
    public string Mark { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Compares in constant time.</summary>
    public bool Matches(string? candidate) =>
        candidate is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(candidate), Encoding.UTF8.GetBytes(Value));
}
