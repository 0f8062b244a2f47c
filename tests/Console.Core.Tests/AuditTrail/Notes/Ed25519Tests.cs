using OpsConsole.Core.AuditTrail.Notes;

namespace OpsConsole.Core.Tests.AuditTrail.Notes;

/// <summary>Ed25519 against the vectors of RFC 8032 section 7.1.</summary>
public sealed class Ed25519Tests
{
    [Theory]
    [InlineData(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    public void Sign_Rfc8032Vector_GivesItsSignature(string seed, string publicKey, string message, string signature)
    {
        var bytes = Convert.FromHexString(message);

        Assert.Equal(publicKey, Convert.ToHexStringLower(Ed25519.PublicKey(Convert.FromHexString(seed))));
        Assert.Equal(signature, Convert.ToHexStringLower(Ed25519.Sign(Convert.FromHexString(seed), bytes)));
        Assert.True(Ed25519.Verify(Convert.FromHexString(publicKey), bytes, Convert.FromHexString(signature)));
    }

    [Fact]
    public void Verify_AnyBitChanged_IsFalse()
    {
        var seed = new byte[32];
        var key = Ed25519.PublicKey(seed);
        byte[] message = [1, 2, 3];
        var signature = Ed25519.Sign(seed, message);
        for (var bit = 0; bit < 512; bit++)
        {
            var changed = signature.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Ed25519.Verify(key, message, changed));
        }

        Assert.False(Ed25519.Verify(key, [1, 2], signature));
        Assert.False(Ed25519.Verify(key, message, signature.AsSpan(1)));
        Assert.False(Ed25519.Verify(key.AsSpan(1), message, signature));
        Assert.False(Ed25519.Verify(Ed25519.PublicKey(message.Concat(new byte[29]).ToArray()), message, signature));
    }

    [Fact]
    public void Sign_ManyAtOnce_AllVerify() => Parallel.For(0, 200, static i =>
    {
        var seed = new byte[32];
        seed[0] = (byte)i;
        Assert.True(Ed25519.Verify(Ed25519.PublicKey(seed), seed, Ed25519.Sign(seed, seed)));
    });
}
