namespace OpsConsole.Core.Access.Iap;

/// <summary>Why an assertion was refused: a closed set.</summary>
/// <param name="Message">A sentence for people; holds nothing of the assertion.</param>
public abstract record IapRefusal(string Message)
{
    /// <summary>There is none.</summary>
    public sealed record Missing() : IapRefusal("The request carries no assertion of Identity-Aware Proxy: it did not come through it.");

    /// <summary>Not a signed token of the expected form.</summary>
    public sealed record Malformed(string What) : IapRefusal($"The assertion is not a signed token as Identity-Aware Proxy makes them: {What}.");

    /// <summary>Signed with an algorithm other than ES256, or not at all.</summary>
    public sealed record WrongAlgorithm() : IapRefusal("The assertion is not signed with ES256.");

    /// <summary>No key of this id, even after the keys were fetched again.</summary>
    public sealed record UnknownKey() : IapRefusal("The assertion is signed with a key that Identity-Aware Proxy does not publish.");

    /// <summary>The keys cannot be had, and none are known.</summary>
    public sealed record NoKeys() : IapRefusal("The keys of Identity-Aware Proxy cannot be fetched at the moment, so nobody can be told from anybody. Try again in a moment.");

    /// <summary>The signature is another one's.</summary>
    public sealed record BadSignature() : IapRefusal("The signature of the assertion is wrong.");

    /// <summary>Signed by somebody else.</summary>
    public sealed record WrongIssuer() : IapRefusal("The assertion was not issued by Identity-Aware Proxy.");

    /// <summary>Meant for another application.</summary>
    public sealed record WrongAudience() : IapRefusal("The assertion is meant for another application than this console.");

    /// <summary>Too old.</summary>
    public sealed record Expired() : IapRefusal("The assertion has expired. Reload the page.");

    /// <summary>From the future.</summary>
    public sealed record NotYetValid() : IapRefusal("The assertion is from the future: the clock of this console may be wrong.");

    /// <summary>Names nobody.</summary>
    public sealed record Nobody() : IapRefusal("The assertion names no e-mail address.");

    /// <summary>Of another organisation.</summary>
    public sealed record WrongDomain() : IapRefusal("Your account is not of a Google Workspace domain that may use this console.");
}
