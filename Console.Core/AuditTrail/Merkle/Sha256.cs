using System.Security.Cryptography;
using OpsConsole.Core.AuditTrail.Native;

namespace OpsConsole.Core.AuditTrail.Merkle;

/// <summary>
/// SHA-256 of short data, with or without a prefix byte. libcrypto's own Init/Update/Final are about four times as fast on short inputs as
/// <see cref="SHA256.HashData(ReadOnlySpan{byte})"/>, whose set-up dominates; where they are missing, that is what is used.
/// </summary>
internal static unsafe class Sha256
{
    /// <summary>SHA256_CTX has 112 bytes; the rest is caution.</summary>
    private const int ContextSize = 256;

    /// <summary>Longer inputs let the garbage collector interrupt the call.</summary>
    private const int Short = 4096;

    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<byte*, int> Init;
    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<byte*, byte*, nuint, int> Update;
    private static readonly delegate* unmanaged[Cdecl]<byte*, byte*, nuint, int> LongUpdate;
    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<byte*, byte*, int> Final;

    static Sha256()
    {
        var (init, update, final) = (Libcrypto.Find("SHA256_Init"), Libcrypto.Find("SHA256_Update"), Libcrypto.Find("SHA256_Final"));
        if (init != 0 && update != 0 && final != 0)
        {
            Init = (delegate* unmanaged[Cdecl, SuppressGCTransition]<byte*, int>)init;
            Update = (delegate* unmanaged[Cdecl, SuppressGCTransition]<byte*, byte*, nuint, int>)update;
            LongUpdate = (delegate* unmanaged[Cdecl]<byte*, byte*, nuint, int>)update;
            Final = (delegate* unmanaged[Cdecl, SuppressGCTransition]<byte*, byte*, int>)final;
        }
    }

    /// <summary>True where libcrypto does the work.</summary>
    public static bool IsNative => Init != null;

    /// <summary>SHA-256(prefix || data).</summary>
    public static MerkleHash Of(byte prefix, ReadOnlySpan<byte> data)
    {
        if (Init == null)
        {
            return Managed(prefix, data);
        }

        var context = stackalloc byte[ContextSize];
        MerkleHash hash = default;
        fixed (byte* bytes = data)
        {
            _ = Init(context);
            _ = Update(context, &prefix, 1);
            if (data.Length <= Short)
            {
                _ = Update(context, bytes, (nuint)data.Length);
            }
            else
            {
                _ = LongUpdate(context, bytes, (nuint)data.Length);
            }

            _ = Final((byte*)&hash, context);
        }

        return hash;
    }

    /// <summary>SHA-256(data).</summary>
    public static MerkleHash Of(ReadOnlySpan<byte> data)
    {
        MerkleHash hash = default;
        if (Init == null || data.Length > Short)
        {
            SHA256.HashData(data, MerkleHash.Writable(ref hash));
            return hash;
        }

        var context = stackalloc byte[ContextSize];
        fixed (byte* bytes = data)
        {
            _ = Init(context);
            _ = Update(context, bytes, (nuint)data.Length);
            _ = Final((byte*)&hash, context);
        }

        return hash;
    }

    /// <summary>SHA-256(prefix || data) by .NET alone.</summary>
    public static MerkleHash Managed(byte prefix, ReadOnlySpan<byte> data)
    {
        var buffer = data.Length < 1024 ? stackalloc byte[data.Length + 1] : new byte[data.Length + 1];
        buffer[0] = prefix;
        data.CopyTo(buffer[1..]);
        MerkleHash hash = default;
        SHA256.HashData(buffer, MerkleHash.Writable(ref hash));
        return hash;
    }
}
