using OpsConsole.Core.AuditTrail.Native;

namespace OpsConsole.Core.AuditTrail.Notes;

/// <summary>Ed25519 (RFC 8032) by OpenSSL 3. Delete it when .NET has the algorithm: callers know only <see cref="ISigner"/> and this.</summary>
public static unsafe class Ed25519
{
    /// <summary>Bytes of a private key's seed, and of a public key.</summary>
    public const int KeySize = 32;

    /// <summary>Bytes of a signature.</summary>
    public const int SignatureSize = 64;

    private const int EvpPkeyEd25519 = 1087;

    /// <summary>True where OpenSSL 3 was found; elsewhere every call throws <see cref="PlatformNotSupportedException"/> with what to install.</summary>
    public static bool IsSupported => Libcrypto.IsPresent;

    /// <summary>The public key of a seed.</summary>
    /// <exception cref="PlatformNotSupportedException">There is no OpenSSL 3 on this machine.</exception>
    public static byte[] PublicKey(ReadOnlySpan<byte> seed)
    {
        var key = PrivateKey(seed);
        try
        {
            var publicKey = new byte[KeySize];
            nuint length = KeySize;
            fixed (byte* bytes = publicKey)
            {
                Check(((delegate* unmanaged[Cdecl]<nint, byte*, nuint*, int>)Libcrypto.Get("EVP_PKEY_get_raw_public_key"))(key, bytes, &length), "EVP_PKEY_get_raw_public_key");
            }

            return publicKey;
        }
        finally
        {
            FreeKey(key);
        }
    }

    /// <summary>Signs; the same message and seed always give the same 64 bytes.</summary>
    /// <exception cref="PlatformNotSupportedException">There is no OpenSSL 3 on this machine.</exception>
    public static byte[] Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> message)
    {
        var key = PrivateKey(seed);
        var context = NewContext();
        try
        {
            Check(((delegate* unmanaged[Cdecl]<nint, nint, nint, nint, nint, int>)Libcrypto.Get("EVP_DigestSignInit"))(context, 0, 0, 0, key), "EVP_DigestSignInit");
            var signature = new byte[SignatureSize];
            nuint length = SignatureSize;
            fixed (byte* to = signature, from = message)
            {
                Check(((delegate* unmanaged[Cdecl]<nint, byte*, nuint*, byte*, nuint, int>)Libcrypto.Get("EVP_DigestSign"))(context, to, &length, from, (nuint)message.Length), "EVP_DigestSign");
            }

            return signature;
        }
        finally
        {
            FreeContext(context);
            FreeKey(key);
        }
    }

    /// <summary>True when the holder of the private key signed exactly this message.</summary>
    /// <exception cref="PlatformNotSupportedException">There is no OpenSSL 3 on this machine.</exception>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != KeySize || signature.Length != SignatureSize)
        {
            return false;
        }

        nint key;
        fixed (byte* bytes = publicKey)
        {
            key = NewKey("EVP_PKEY_new_raw_public_key", bytes);
        }

        if (key == 0)
        {
            ClearErrors();
            return false;
        }

        var context = NewContext();
        try
        {
            Check(((delegate* unmanaged[Cdecl]<nint, nint, nint, nint, nint, int>)Libcrypto.Get("EVP_DigestVerifyInit"))(context, 0, 0, 0, key), "EVP_DigestVerifyInit");
            fixed (byte* signed = signature, from = message)
            {
                var good = ((delegate* unmanaged[Cdecl]<nint, byte*, nuint, byte*, nuint, int>)Libcrypto.Get("EVP_DigestVerify"))(context, signed, SignatureSize, from, (nuint)message.Length) == 1;
                if (!good)
                {
                    ClearErrors();
                }

                return good;
            }
        }
        finally
        {
            FreeContext(context);
            FreeKey(key);
        }
    }

    private static nint PrivateKey(ReadOnlySpan<byte> seed)
    {
        if (seed.Length != KeySize)
        {
            throw new ArgumentException($"The seed of an Ed25519 key has {KeySize} bytes, not {seed.Length}.", nameof(seed));
        }

        fixed (byte* bytes = seed)
        {
            var key = NewKey("EVP_PKEY_new_raw_private_key", bytes);
            Check(key == 0 ? 0 : 1, "EVP_PKEY_new_raw_private_key");
            return key;
        }
    }

    private static nint NewKey(string function, byte* bytes) =>
        ((delegate* unmanaged[Cdecl]<int, nint, byte*, nuint, nint>)Libcrypto.Get(function))(EvpPkeyEd25519, 0, bytes, KeySize);

    private static nint NewContext()
    {
        var context = ((delegate* unmanaged[Cdecl]<nint>)Libcrypto.Get("EVP_MD_CTX_new"))();
        Check(context == 0 ? 0 : 1, "EVP_MD_CTX_new");
        return context;
    }

    private static void FreeKey(nint key) => ((delegate* unmanaged[Cdecl]<nint, void>)Libcrypto.Get("EVP_PKEY_free"))(key);

    private static void FreeContext(nint context) => ((delegate* unmanaged[Cdecl]<nint, void>)Libcrypto.Get("EVP_MD_CTX_free"))(context);

    // OpenSSL keeps failures in a queue per thread, where the next user of the library (TLS) would find them.
    private static void ClearErrors() => ((delegate* unmanaged[Cdecl]<void>)Libcrypto.Get("ERR_clear_error"))();

    private static void Check(int result, string function)
    {
        if (result != 1)
        {
            ClearErrors();
            throw new System.Security.Cryptography.CryptographicException($"OpenSSL's {function} failed.");
        }
    }
}
