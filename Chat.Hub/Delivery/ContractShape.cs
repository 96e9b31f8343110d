using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using Chat.Contracts;
using Chat.Hub.Rooms;

namespace Chat.Hub.Delivery;

/// <summary>
/// Holds what came over the wire to the contract's own types: what is not nullable is not null, an enum is one of its
/// names. Serializers do not check that; after this the rules can rely on it.
/// </summary>
internal static class ContractShape
{
    private static readonly ConcurrentDictionary<Type, Part[]> Parts = [];

    /// <summary>The first mistake in the arguments of a call; null for none.</summary>
    public static Error? MistakeIn(object?[] arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument is null) return Refusal.Invalid("request", "must not be null.");
            if (MistakeIn(argument, "") is { } mistake) return mistake;
        }
        return null;
    }

    private static Error? MistakeIn(object record, string path)
    {
        foreach (var part in Parts.GetOrAdd(record.GetType(), PartsOf))
        {
            var value = part.Property.GetValue(record);
            var name = path + part.WireName;
            if (value is null)
            {
                if (!part.IsNullable) return Refusal.Invalid(name, "is missing.");
                continue;
            }
            if (value is Guid id && id == Guid.Empty) return Refusal.Invalid(name, "is missing or all zeros.");
            if (value is Enum && Convert.ToInt32(value, null) is 0) return Refusal.Invalid(name, "is not one of its values.");
            if (value is IList items)
            {
                foreach (var item in items)
                {
                    if (item is null) return Refusal.Invalid(name, "must not contain null.");
                    if (item is Enum && Convert.ToInt32(item, null) is 0) return Refusal.Invalid(name, "has one that is not one of its values.");
                    if (MistakeIn(item, name + ".") is { } inside) return inside;
                }
            }
            else if (MistakeIn(value, name + ".") is { } inside)
            {
                return inside;
            }
        }
        return null;
    }

    // Only the contract's records have parts to look at; text, numbers and times are whole.
    private static Part[] PartsOf(Type type)
    {
        if (type.Assembly != typeof(IChatHub).Assembly || type.IsEnum) return [];
        var nullability = new NullabilityInfoContext();
        return
        [
            .. from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
               where property.GetIndexParameters().Length is 0
                   && CanBeWrong(property.PropertyType)
               select new Part(
                   property,
                   char.ToLowerInvariant(property.Name[0]) + property.Name[1..],
                   nullability.Create(property).WriteState is NullabilityState.Nullable),
        ];
    }

    // An id that MessagePack did not find reads as zeros; JSON finds it missing by itself.
    private static bool CanBeWrong(Type type) =>
        !type.IsValueType || type == typeof(Guid) || type.IsEnum || Nullable.GetUnderlyingType(type) is { IsEnum: true };

    private sealed record Part(PropertyInfo Property, string WireName, bool IsNullable);
}
