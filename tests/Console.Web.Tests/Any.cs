using FsCheck;
using FsCheck.Fluent;

namespace OpsConsole.Web.Tests;

/// <summary>Generators that several laws use.</summary>
internal static class Any
{
    /// <summary>Text with what breaks parsers and addresses: blanks, quotes, signs, escapes, letters beyond ASCII.</summary>
    public static Gen<string> Text { get; } =
        from parts in Gen.Elements("a", "Z", "0", " ", "\t", "\"", "\\", ":", "-", "=", ">", "<", "&", "?", "#", "%", "+", "/", ".", "..", "ü", "日", "😀", "'", ";").ListOf()
        select string.Concat(parts);

    /// <summary>The same, at least one character.</summary>
    public static Gen<string> SomeText { get; } = from first in Gen.Elements("a", "b", "9", "-", "\"", " ", ":") from rest in Text select first + rest;

    /// <summary>A name of a resource.</summary>
    public static Gen<string> Name { get; } =
        from head in Gen.Elements("a", "checkout", "api")
        from tail in Gen.Elements("", "-00001-abc", "-x", "2")
        select head + tail;

    /// <summary>Checks a law on many values.</summary>
    public static void Holds<T>(Gen<T> gen, Func<T, bool> law) => Prop.ForAll(gen.ToArbitrary(), law).QuickCheckThrowOnFailure();
}
