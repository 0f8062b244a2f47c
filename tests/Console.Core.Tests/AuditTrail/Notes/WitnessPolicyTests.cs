using System.Text;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.AuditTrail.Notes;

/// <summary>Policies of c2sp.org/tlog-policy: what they refuse, and quorums.</summary>
public sealed class WitnessPolicyTests
{
    private static readonly SigningKey[] Witnesses = [.. Enumerable.Range(1, 5).Select(static i => Keys.Of($"w{i}.example", (byte)(100 + i)))];

    [Theory]
    [InlineData("quorum none", "", true)]
    [InlineData("quorum W1", "1", true)]
    [InlineData("quorum W1", "2", false)]
    [InlineData("group G any W1 W2 W3\nquorum G", "3", true)]
    [InlineData("group G any W1 W2 W3\nquorum G", "4", false)]
    [InlineData("group G all W1 W2 W3\nquorum G", "12", false)]
    [InlineData("group G all W1 W2 W3\nquorum G", "123", true)]
    [InlineData("group G 2 W1 W2 W3\nquorum G", "13", true)]
    [InlineData("group G 2 W1 W2 W3\nquorum G", "1", false)]
    [InlineData("group X 2 W1 W2 W3\ngroup Y any W4 W5\ngroup Z all X Y\nquorum Z", "125", true)]
    [InlineData("group X 2 W1 W2 W3\ngroup Y any W4 W5\ngroup Z all X Y\nquorum Z", "123", false)]
    [InlineData(" # a comment\n\n\tquorum \t W2 ", "2", true)]
    public void Judge_Quorum_IsMetOrNot(string rules, string cosigners, bool met)
    {
        var verdict = Policy(rules).Judge(Cosigned(cosigners));

        if (met)
        {
            Assert.Equal(cosigners.Length, Assert.IsType<ProofVerdict.Trusted>(verdict).Witnesses.Count);
        }
        else
        {
            Assert.Contains("quorum", Assert.IsType<ProofVerdict.Refused>(verdict).Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Judge_UnknownLog_IsRefusedByName()
    {
        var stranger = Keys.Of("stranger.example/log", 50);

        var refused = Assert.IsType<ProofVerdict.Refused>(Policy("quorum none").Judge(new Checkpoint(stranger.Name, 1, TreeHasher.Empty).Sign(stranger.AsLog())));

        Assert.Contains("stranger.example/log", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_WrongCosignatureOfATrustedWitness_IsRefusedEvenWithoutQuorum()
    {
        var good = Cosigned("1");
        var wrong = good with { Note = good.Note with { Signatures = [good.Note.Signatures[0], good.Note.Signatures[1] with { Signature = new byte[72] }] } };

        Assert.IsType<ProofVerdict.Refused>(Policy("quorum none").Judge(wrong));
    }

    [Fact]
    public void Of_KeysAndANumber_IsTheSameAsAFile()
    {
        var policy = WitnessPolicy.Of([Keys.Log.AsLog().Key], Witnesses.Take(2).Select(static w => w.AsWitness(TimeProvider.System).Key), 2);

        Assert.IsType<ProofVerdict.Trusted>(policy.Judge(Cosigned("12")));
        Assert.IsType<ProofVerdict.Refused>(policy.Judge(Cosigned("1")));
        Assert.IsType<ProofVerdict.Trusted>(WitnessPolicy.OfLogs(Keys.Log.AsLog().Key).Judge(Cosigned("")));
    }

    [Theory]
    [InlineData("", "no quorum")]
    [InlineData("quorum none\nquorum none", "second quorum")]
    [InlineData("quorum W9", "W9")]
    [InlineData("quorum", "form")]
    [InlineData("group G any W9\nquorum G", "W9")]
    [InlineData("group G 0 W1\nquorum G", "'0'")]
    [InlineData("group G 3 W1 W2\nquorum G", "'3'")]
    [InlineData("group G +1 W1 W2\nquorum G", "'+1'")]
    [InlineData("group G any\nquorum G", "form")]
    [InlineData("group G any W1 W1\nquorum G", "already")]
    [InlineData("group G any W1\ngroup H any W1\nquorum G", "already")]
    [InlineData("group G any G\nquorum G", "G")]
    [InlineData("group W1 any W2\nquorum W1", "twice")]
    [InlineData("group none any W2\nquorum none", "reserved")]
    [InlineData("group G any none\nquorum G", "none")]
    [InlineData("log nonsense\nquorum none", "verifier key")]
    [InlineData("trust everybody\nquorum none", "trust")]
    [InlineData("quorum none\r", "control")]
    public void TryParse_BadFile_SaysWhy(string rules, string expected)
    {
        Assert.False(WitnessPolicy.TryParse(File(rules), out _, out var problem));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_LogOrWitnessTwice_SaysWhy()
    {
        var renamed = Keys.Of("renamed.example", 1).AsLog().Key;
        var witness = Witnesses[0].AsWitness(TimeProvider.System).Key;

        Assert.False(WitnessPolicy.TryParse(File($"log {renamed}\nquorum none"), out _, out _));
        Assert.False(WitnessPolicy.TryParse(File($"witness other {witness}\nquorum none"), out _, out _));
        Assert.False(WitnessPolicy.TryParse(File($"witness other {Keys.Of("w9", 99).AsLog().Key}\nquorum none"), out _, out _));
    }

    [Fact]
    public void TryParse_NamesBeyondAscii_AreComparedAsOctets()
    {
        // "é" as one byte of Latin-1, which is no UTF-8, is another name than "é" in UTF-8.
        byte[] file = [.. File(""), .. "group \u00e9 any W1\ngroup "u8, 0xE9, .. " any W2\nquorum \u00e9\n"u8];

        Assert.True(WitnessPolicy.TryParse(file, out var policy, out var problem), problem);
        Assert.IsType<ProofVerdict.Trusted>(policy.Judge(Cosigned("1")));
        Assert.IsType<ProofVerdict.Refused>(policy.Judge(Cosigned("2")));
    }

    [Fact]
    public void TryParse_Urls_AreKept()
    {
        Assert.True(WitnessPolicy.TryParse(File("quorum none"), out var policy, out _));
        Assert.Equal(("W1", "https://w1.example/"), (policy.Witnesses[0].Name, policy.Witnesses[0].Url));
        Assert.Null(policy.Logs[0].Url);
    }

    private static WitnessPolicy Policy(string rules) =>
        WitnessPolicy.TryParse(File(rules), out var policy, out var problem) ? policy : throw new FormatException(problem);

    private static byte[] File(string rules) => Encoding.UTF8.GetBytes(
        $"log {Keys.Log.AsLog().Key}\n{string.Concat(Witnesses.Select(static (w, i) => $"witness W{i + 1} {w.AsWitness(TimeProvider.System).Key} https://w{i + 1}.example/\n"))}{rules}\n");

    private static SignedCheckpoint Cosigned(string cosigners)
    {
        var checkpoint = Keys.Checkpoint(5, TreeHasher.Empty);
        return checkpoint.With(cosigners.Select(c => Witnesses[c - '1'].AsWitness(TimeProvider.System).Sign(checkpoint.Note.Text)));
    }
}
