using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Chat.Tests.Contracts;

/// <summary>The summaries of an assembly's XML documentation, said in TypeScript's names and wrapped.</summary>
internal sealed partial class TypeScriptDocs
{
    private const int Width = 110;

    private readonly Dictionary<string, XElement> _members;
    private readonly Assembly _assembly;

    public TypeScriptDocs(Assembly assembly)
    {
        _assembly = assembly;
        var file = Path.ChangeExtension(assembly.Location, ".xml");
        _members = XDocument.Load(file).Descendants("member").ToDictionary(m => m.Attribute("name")!.Value);
    }

    public IReadOnlyList<string> Of(Type type) => Lines("T:" + type.FullName);

    public IReadOnlyList<string> Of(PropertyInfo property) => Lines($"P:{property.DeclaringType!.FullName}.{property.Name}");

    public IReadOnlyList<string> Of(FieldInfo field) => Lines($"F:{field.DeclaringType!.FullName}.{field.Name}");

    public IReadOnlyList<string> Of(MethodInfo method)
    {
        var parameters = string.Join(',', method.GetParameters().Select(p => p.ParameterType.FullName));
        return Lines($"M:{method.DeclaringType!.FullName}.{method.Name}({parameters})");
    }

    private List<string> Lines(string id)
    {
        if (!_members.TryGetValue(id, out var member)) return [];
        var lines = Wrap(Text(member.Element("summary")));
        if (member.Element("returns") is { } returns) lines.AddRange(Wrap("@returns " + Text(returns)));
        return lines;
    }

    private string Text(XElement? element)
    {
        if (element is null) return "";
        var text = new StringBuilder();
        foreach (var node in element.Nodes())
        {
            text.Append(node switch
            {
                XText words => words.Value,
                XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
                XElement see when see.Attribute("cref") is { } cref => $"`{Said(cref.Value)}`",
                XElement other => other.Value,
                _ => "",
            });
        }
        return Spaces().Replace(text.ToString(), " ").Trim();
    }

    /// <summary>What a cref points to, as TypeScript calls it: "P:Chat.Contracts.Message.Seq" is "Message.seq".</summary>
    private string Said(string cref)
    {
        var path = cref[2..].Split('(')[0];
        if (cref[0] == 'T') return _assembly.GetType(path) is { } type ? Plain(type) : path;

        var dot = path.LastIndexOf('.');
        if (_assembly.GetType(path[..dot]) is not { } owner) return path;
        var name = path[(dot + 1)..];
        return cref[0] switch
        {
            'F' when owner.IsEnum => $"'{TypeScriptWriter.SnakeCase(name)}'",
            'P' or 'F' => $"{Plain(owner)}.{TypeScriptWriter.CamelCase(name)}",
            _ => $"{Plain(owner)}.{name}",
        };
    }

    private static string Plain(Type type) => type.IsInterface ? type.Name[1..] : TypeScriptWriter.NameOf(type);

    private static List<string> Wrap(string text)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > Width)
            {
                lines.Add(line);
                line = "";
            }
            line = line.Length == 0 ? word : $"{line} {word}";
        }
        if (line.Length > 0) lines.Add(line);
        return lines;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
