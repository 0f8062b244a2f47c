using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.AuditTrail.Notes;

/// <summary>Public and private keys as text.</summary>
public sealed class VerifierKeyTests
{
    private const string Example = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    [Fact]
    public void TryParse_PublishedKey_ReadsBack()
    {
        Assert.True(VerifierKey.TryParse(Example, out var key, out _));
        Assert.Equal(("example.com/foo", 0x530d903au, SignatureType.Ed25519, Example), (key.Name, key.Id, key.Type, key.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("example.com/foo+530d903a")]
    [InlineData("example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k ")]
    [InlineData("example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903a+")]
    [InlineData("example com+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    public void TryParse_DamagedKey_SaysWhy(string text)
    {
        Assert.False(VerifierKey.TryParse(text, out _, out var problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void AsLogAndAsWitness_OneKey_HaveDifferentIds()
    {
        var (log, witness) = (Keys.Log.AsLog().Key, Keys.Log.AsWitness(TimeProvider.System).Key);

        Assert.NotEqual(log.Id, witness.Id);
        Assert.True(log.WrapsSameKeyAs(witness));
        Assert.True(VerifierKey.TryParse(witness.ToString(), out var read, out _));
        Assert.Equal(witness, read);
    }

    [Fact]
    public void SigningKey_AsText_ReadsBackAndIsNotPrinted()
    {
        var secret = Keys.Log.ToSecretText();

        Assert.StartsWith("PRIVATE+KEY+ops.example.com/audit+", secret, StringComparison.Ordinal);
        Assert.True(SigningKey.TryParse(secret, out var key, out _));
        Assert.Equal(secret, key.ToSecretText());
        Assert.Equal(Keys.Log.AsLog().Key, key.AsLog().Key);
        Assert.DoesNotContain(secret.Split('+')[^1], Keys.Log.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("PRIVATE+KEY+a+00000000+AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB")]
    [InlineData("PRIVATE+KEY+a+00000000+AgEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB")]
    [InlineData("PRIVATE+KEY+a b+00000000+AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB")]
    [InlineData("PRIVATE+KEY+a+00000000+AQEB")]
    public void SigningKeyTryParse_Damaged_SaysWhyWithoutTheKey(string text)
    {
        Assert.False(SigningKey.TryParse(text, out _, out var problem));
        Assert.DoesNotContain("AQEB", problem, StringComparison.Ordinal);
    }
}
