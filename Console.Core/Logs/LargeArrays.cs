using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OpsConsole.Core.Logs;

/// <summary>
/// Arrays of megabytes that are filled once. Their first touch costs a page fault each 4 KiB, a fifth of the whole time of reading an
/// export; on Linux they are asked to be of huge pages (2 MiB) instead. See madvise(2), MADV_HUGEPAGE.
/// </summary>
internal static unsafe class LargeArrays
{
    private const int HugePageAdvice = 14;
    private const nuint Page = 4096;
    private const nuint WorthIt = 2 << 20;

    /// <summary>An array whose content is not defined: for one that is written before it is read.</summary>
    public static T[] Of<T>(int length)
        where T : unmanaged
    {
        var bytes = (nuint)length * (nuint)sizeof(T);
        var array = GC.AllocateUninitializedArray<T>(length, pinned: bytes >= WorthIt);
        if (OperatingSystem.IsLinux() && bytes >= WorthIt)
        {
            // Whole pages inside of the array. Advice only: what it answers changes nothing.
            var start = ((nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array)) + Page - 1) & ~(Page - 1);
            _ = Advise((void*)start, (bytes - Page) & ~(Page - 1), HugePageAdvice);
        }

        return array;
    }

    [DllImport("libc", EntryPoint = "madvise", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Advise(void* address, nuint length, int advice);
}
