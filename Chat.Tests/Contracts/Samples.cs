using System.Reflection;
using Chat.Contracts;

namespace Chat.Tests.Contracts;

/// <summary>How a sample is filled.</summary>
public enum Filling
{
    /// <summary>Every field set, to the largest and strangest that it can be.</summary>
    Full,

    /// <summary>Null where it may be, empty or least where not.</summary>
    Empty,

    /// <summary>Ordinary values, a few in each list.</summary>
    Plain,
}

/// <summary>Makes samples of the contract's records, by their shape alone, so that a new field is covered by itself.</summary>
internal static class Samples
{
    private const string Strange = "\"quoted\" \\ / \u0001 \t\r\n é 你好 مرحبا 👩‍👩‍👧 \u2028 </script> \U0010FFFD";
    private static readonly NullabilityInfoContext Nullability = new();

    public static object Of(Type type, Filling filling)
    {
        var sample = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite))
            property.SetValue(sample, ValueOf(property, filling));
        return sample;
    }

    private static object? ValueOf(PropertyInfo property, Filling filling)
    {
        var type = property.PropertyType;
        var underlying = Nullable.GetUnderlyingType(type);
        if (filling is Filling.Empty && (underlying is not null || (!type.IsValueType && Nullability.Create(property).WriteState is NullabilityState.Nullable)))
            return null;
        return ValueOf(underlying ?? type, filling, property.Name);
    }

    private static object ValueOf(Type type, Filling filling, string name) => filling switch
    {
        _ when type.IsEnum => filling is Filling.Full ? Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)! : Enum.GetValues(type).GetValue(1)!,
        _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => ListOf(type.GenericTypeArguments[0], filling),
        _ when type.Assembly == typeof(IChatHub).Assembly => Of(type, filling),
        Filling.Full => type switch
        {
            _ when type == typeof(string) => $"{name} {Strange}",
            _ when type == typeof(Guid) => Guid.AllBitsSet,
            _ when type == typeof(DateTimeOffset) => DateTimeOffset.MaxValue,
            _ when type == typeof(long) => ChatContract.MaxInteger,
            _ when type == typeof(int) => int.MaxValue,
            _ when type == typeof(double) => 1.7976931348623157E+308,
            _ when type == typeof(bool) => true,
            _ => throw new NotSupportedException($"{type} is new on the wire: say here what its largest value is."),
        },
        Filling.Empty => type switch
        {
            _ when type == typeof(string) => "",
            _ when type == typeof(Guid) => new Guid("00000000-0000-0000-0000-000000000001"),
            _ when type == typeof(DateTimeOffset) => DateTimeOffset.MinValue,
            _ when type == typeof(long) => -ChatContract.MaxInteger,
            _ when type == typeof(int) => int.MinValue,
            _ when type == typeof(double) => -0.1,
            _ => false,
        },
        _ => type switch
        {
            _ when type == typeof(string) => $"a {name}",
            _ when type == typeof(Guid) => new Guid("0192d3a4-5b6c-7d8e-9f01-23456789abcd"),
            _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2026, 1, 31, 12, 0, 0, 120, TimeSpan.Zero),
            _ when type == typeof(long) => 4_294_967_297L,
            _ when type == typeof(int) => 300,
            _ when type == typeof(double) => 12.5,
            _ => true,
        },
    };

    private static Array ListOf(Type item, Filling filling)
    {
        var list = Array.CreateInstance(item, filling switch { Filling.Empty => 0, Filling.Full => 1, _ => 3 });
        for (var i = 0; i < list.Length; i++) list.SetValue(ValueOf(item, filling, "item"), i);
        return list;
    }
}
