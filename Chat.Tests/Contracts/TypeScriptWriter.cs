using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Chat.Contracts;

namespace Chat.Tests.Contracts;

/// <summary>Writes the contract down in TypeScript: the same names and shapes as on the wire.</summary>
internal sealed class TypeScriptWriter
{
    private static readonly Assembly Contract = typeof(IChatHub).Assembly;

    private static readonly Type[] HttpBodies = [typeof(GuestSignIn), typeof(AccountSignIn), typeof(CreateAccount)];

    private readonly TypeScriptDocs _docs = new(Contract);
    private readonly NullabilityInfoContext _nullability = new();
    private readonly StringBuilder _out = new();
    private readonly HashSet<Type> _requests;

    private TypeScriptWriter() =>
        _requests = typeof(IChatHub).GetMethods().SelectMany(m => m.GetParameters()).Select(p => p.ParameterType).Concat(HttpBodies).ToHashSet();

    /// <summary>The whole module.</summary>
    public static string Write()
    {
        var writer = new TypeScriptWriter();
        writer.WriteModule();
        return writer._out.ToString();
    }

    private void WriteModule()
    {
        Line("// Written from Chat.Contracts by the test The_TypeScript_types_are_those_of_the_contract: do not edit.");
        Line();
        Line("/** A UUID in its usual form: 36 characters, small letters. */");
        Line("export type Guid = string;");
        Line();
        Line("/** A moment as ISO 8601 in UTC. */");
        Line("export type Moment = string;");
        var types = Contract.GetExportedTypes().Where(t => t.Namespace == typeof(IChatHub).Namespace).OrderBy(NameOf, StringComparer.Ordinal).ToList();
        foreach (var type in types.Where(t => t.IsClass && t.IsAbstract && t.IsSealed)) WriteConstants(type);
        foreach (var type in types.Where(t => t.IsEnum)) WriteEnum(type);
        foreach (var type in types.Where(t => t.IsClass && !(t.IsAbstract && t.IsSealed))) WriteRecord(type);
        WriteInterface(typeof(IChatHub), "ChatHub", "hubMethods");
        WriteInterface(typeof(IChatClient), "ChatClientEvents", "clientEvents");
    }

    private void WriteConstants(Type type)
    {
        Line();
        Doc(_docs.Of(type), "");
        Line($"export const {type.Name} = {{");
        foreach (var constant in type.GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            Doc(_docs.Of(constant), "  ");
            var value = constant.GetRawConstantValue() is string text ? $"'{text}'" : Convert.ToString(constant.GetRawConstantValue(), CultureInfo.InvariantCulture);
            Line($"  {CamelCase(constant.Name)}: {value},");
        }
        Line("} as const;");
    }

    private void WriteEnum(Type type)
    {
        Line();
        Doc(_docs.Of(type), "");
        Line($"export type {type.Name} =");
        var names = Enum.GetNames(type);
        foreach (var name in names)
        {
            Doc(_docs.Of(type.GetField(name)!), "  ");
            Line($"  | '{SnakeCase(name)}'{(name == names[^1] ? ";" : "")}");
        }
    }

    private void WriteRecord(Type type)
    {
        Line();
        Doc(_docs.Of(type), "");
        var generics = type.IsGenericTypeDefinition ? "<T>" : "";
        var extends = type.BaseType is { } b && b != typeof(object) ? $" extends {NameOf(b)}"
            : type.IsGenericTypeDefinition ? $" extends {type.Name[..type.Name.IndexOf('`')]}" : "";
        Line($"export interface {NameOf(type)}{generics}{extends} {{");
        var inherited = type.IsGenericTypeDefinition ? typeof(Reply) : null;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                     .Where(p => inherited?.GetProperty(p.Name) is null).OrderBy(p => p.MetadataToken))
        {
            Doc(_docs.Of(property), "  ");
            var optional = _requests.Contains(type) && property.GetCustomAttribute<System.Runtime.CompilerServices.RequiredMemberAttribute>() is null;
            Line($"  readonly {CamelCase(property.Name)}{(optional ? "?" : "")}: {TypeOf(_nullability.Create(property))};");
        }
        Line("}");
    }

    private void WriteInterface(Type type, string name, string list)
    {
        var methods = type.GetMethods().OrderBy(m => m.MetadataToken).ToList();
        Line();
        Doc(_docs.Of(type), "");
        Line($"export interface {name} {{");
        foreach (var method in methods)
        {
            Doc(_docs.Of(method), "  ");
            var parameters = string.Join(", ", method.GetParameters().Select(p => $"{p.Name}: {TypeOf(_nullability.Create(p))}"));
            var answer = method.ReturnType == typeof(Task) ? "void" : $"Promise<{TypeOf(_nullability.Create(method.ReturnParameter).GenericTypeArguments[0])}>";
            Line($"  {method.Name}({parameters}): {answer};");
        }
        Line("}");
        Line();
        Line($"/** The names in {{@link {name}}}. */");
        Line($"export const {list} = [");
        foreach (var method in methods) Line($"  '{method.Name}',");
        Line($"] as const satisfies readonly (keyof {name})[];");
    }

    private static string TypeOf(NullabilityInfo info)
    {
        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        var isNull = type != info.Type || info.ReadState == NullabilityState.Nullable;
        return NotNull(type, info) + (isNull ? " | null" : "");
    }

    private static string NotNull(Type type, NullabilityInfo info) =>
        type == typeof(string) ? "string"
        : type == typeof(bool) ? "boolean"
        : type == typeof(int) || type == typeof(long) || type == typeof(double) ? "number"
        : type == typeof(Guid) ? "Guid"
        : type == typeof(DateTimeOffset) ? "Moment"
        : type.IsGenericParameter ? type.Name
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? $"readonly {TypeOf(info.GenericTypeArguments[0])}[]"
        : type.IsGenericType && type.Assembly == Contract ? $"{NameOf(type)}<{TypeOf(info.GenericTypeArguments[0])}>"
        : type.Assembly == Contract ? NameOf(type)
        : throw new NotSupportedException($"{type} has no form in TypeScript: say here how it travels.");

    /// <summary>The type's name in TypeScript, where names carry no arity and <c>Error</c> is taken.</summary>
    internal static string NameOf(Type type) =>
        type == typeof(Error) ? "WireError"
        : type.IsGenericType ? type.Name[..type.Name.IndexOf('`')] + "Of"
        : type.Name;

    internal static string CamelCase(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    internal static string SnakeCase(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private void Doc(IReadOnlyList<string> lines, string indent)
    {
        if (lines.Count == 0) return;
        if (lines.Count == 1)
        {
            Line($"{indent}/** {lines[0]} */");
            return;
        }
        Line($"{indent}/**");
        foreach (var line in lines) Line($"{indent} * {line}");
        Line($"{indent} */");
    }

    private void Line(string text = "") => _out.Append(text).Append('\n');
}
