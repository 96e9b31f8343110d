using System.Reflection;
using System.Text.Json.Serialization.Metadata;

namespace Chat.Contracts.Wire;

/// <summary>
/// Keeps the values that records begin with. Generated code gives every init-only property that JSON leaves out its type's zero
/// (https://github.com/dotnet/runtime/issues/58770): so the record is made first and then filled, by its constructor and setters,
/// which the generated code keeps from being trimmed away.
/// </summary>
internal static class InitialValues
{
    public static void Keep(JsonTypeInfo type)
    {
        if (type is not { Kind: JsonTypeInfoKind.Object, CreateObject: null, ConstructorAttributeProvider: ConstructorInfo constructor }) return;
        if (constructor.GetParameters().Length > 0) return;
        type.CreateObject = () => constructor.Invoke(null);
        foreach (var property in type.Properties)
            if (property is { Set: not null, AttributeProvider: PropertyInfo setter }) property.Set = setter.SetValue;
    }
}
