using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace OpsConsole.Core.Tests;

/// <summary>The arrows of the house, read from the compiled assembly: every reference in signatures and bodies counts.</summary>
public sealed class ArchitectureTests
{
    private const string Root = "OpsConsole.Core";

    /// <summary>What follows each opcode (ECMA-335, partition III).</summary>
    private static readonly Dictionary<short, OperandType> Operands = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static f => (OpCode)f.GetValue(null)!)
        .ToDictionary(static o => o.Value, static o => o.OperandType);

    [Fact]
    public void Core_References_NoWebFramework()
    {
        var references = typeof(CoreSetup).Assembly.GetReferencedAssemblies().Select(static a => a.Name!);

        Assert.DoesNotContain(references, static name =>
            name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name.StartsWith("Radzen", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Google")]
    [InlineData("Storage")]
    public void Core_Adapter_IsKnownToCoreSetupOnly(string adapter)
    {
        var ns = $"{Root}.{adapter}";
        var intruders = TypeReferences()
            .Where(r => Within(r.To, ns) && !Within(r.From, ns) && r.From != $"{Root}.CoreSetup")
            .Select(static r => $"{r.From} uses {r.To}")
            .Distinct(StringComparer.Ordinal);

        Assert.Empty(intruders);
    }

    [Fact]
    public void TypeReferences_OfCoreSetup_SeeTheAdapters()
    {
        // The rule above would pass on an empty list: here it is seen that the reading works, down to method bodies.
        var seen = TypeReferences().Where(static r => r.From == $"{Root}.CoreSetup").Select(static r => r.To).ToHashSet(StringComparer.Ordinal);

        Assert.Contains($"{Root}.Google.GoogleTransport", seen);
        Assert.Contains($"{Root}.Google.NoTokens", seen);
    }

    private static bool Within(string type, string ns) => type.StartsWith(ns + ".", StringComparison.Ordinal);

    /// <summary>From each type to each type of the same assembly that it names in a signature or in IL.</summary>
    private static List<(string From, string To)> TypeReferences()
    {
        using var stream = File.OpenRead(typeof(CoreSetup).Assembly.Location);
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        List<(string From, string To)> references = [];
        foreach (var handle in metadata.TypeDefinitions)
        {
            var type = metadata.GetTypeDefinition(handle);
            var from = Outermost(metadata, handle);
            HashSet<TypeDefinitionHandle> used = [];
            var collector = new SignatureCollector(used);
            Collect(metadata, type.BaseType, used, collector);
            foreach (var implementation in type.GetInterfaceImplementations())
            {
                Collect(metadata, metadata.GetInterfaceImplementation(implementation).Interface, used, collector);
            }

            foreach (var field in type.GetFields())
            {
                metadata.GetFieldDefinition(field).DecodeSignature(collector, null);
            }

            foreach (var methodHandle in type.GetMethods())
            {
                var method = metadata.GetMethodDefinition(methodHandle);
                method.DecodeSignature(collector, null);
                if (method.RelativeVirtualAddress != 0)
                {
                    ReadBody(metadata, image.GetMethodBody(method.RelativeVirtualAddress), used, collector);
                }
            }

            references.AddRange(used.Select(to => (from, Outermost(metadata, to))));
        }

        return references;
    }

    private static void ReadBody(MetadataReader metadata, MethodBodyBlock body, HashSet<TypeDefinitionHandle> used, SignatureCollector collector)
    {
        if (!body.LocalSignature.IsNil)
        {
            metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(collector, null);
        }

        var il = body.GetILBytes() ?? [];
        for (var i = 0; i < il.Length;)
        {
            var code = il[i] == 0xFE ? unchecked((short)((il[i] << 8) | il[i + 1])) : il[i];
            i += il[i] == 0xFE ? 2 : 1;
            var operand = Operands[code];
            if (operand is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                Collect(metadata, MetadataTokens.EntityHandle(BitConverter.ToInt32(il, i)), used, collector);
            }

            i += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, i)),
                _ => 4,
            };
        }
    }

    private static void Collect(MetadataReader metadata, EntityHandle handle, HashSet<TypeDefinitionHandle> used, SignatureCollector collector)
    {
        if (handle.IsNil)
        {
            return;
        }

        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                used.Add((TypeDefinitionHandle)handle);
                break;
            case HandleKind.TypeSpecification:
                metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(collector, null);
                break;
            case HandleKind.MethodDefinition:
                used.Add(metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.FieldDefinition:
                used.Add(metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MemberReference:
                Collect(metadata, metadata.GetMemberReference((MemberReferenceHandle)handle).Parent, used, collector);
                break;
            case HandleKind.MethodSpecification:
                var specification = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                specification.DecodeSignature(collector, null);
                Collect(metadata, specification.Method, used, collector);
                break;
        }
    }

    /// <summary>Nested and generated types count as the type around them.</summary>
    private static string Outermost(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil)
        {
            type = metadata.GetTypeDefinition(type.GetDeclaringType());
        }

        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }

    /// <summary>Notes every type of this assembly that a signature names; the results themselves do not matter.</summary>
    private sealed class SignatureCollector(HashSet<TypeDefinitionHandle> used) : ISignatureTypeProvider<int, object?>
    {
        public int GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
        {
            used.Add(handle);
            return 0;
        }

        public int GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        public int GetArrayType(int elementType, ArrayShape shape) => 0;

        public int GetByReferenceType(int elementType) => 0;

        public int GetFunctionPointerType(MethodSignature<int> signature) => 0;

        public int GetGenericInstantiation(int genericType, System.Collections.Immutable.ImmutableArray<int> typeArguments) => 0;

        public int GetGenericMethodParameter(object? genericContext, int index) => 0;

        public int GetGenericTypeParameter(object? genericContext, int index) => 0;

        public int GetModifiedType(int modifier, int unmodifiedType, bool isRequired) => 0;

        public int GetPinnedType(int elementType) => 0;

        public int GetPointerType(int elementType) => 0;

        public int GetPrimitiveType(PrimitiveTypeCode typeCode) => 0;

        public int GetSZArrayType(int elementType) => 0;

        public int GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => 0;
    }
}
