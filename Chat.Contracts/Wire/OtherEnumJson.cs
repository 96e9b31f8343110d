using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Contracts.Wire;

/// <summary>Enums that are not of the contract, written with its options all the same: as the contract's own.</summary>
[RequiresDynamicCode("Makes a converter for an enum that was not known at compile time.")]
internal sealed class OtherEnumJson : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    [UnconditionalSuppressMessage("Trimming", "IL2071", Justification = "A value type can always be made.")]
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(WireEnumConverter<>).MakeGenericType(typeToConvert))!;
}
