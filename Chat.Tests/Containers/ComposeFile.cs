using System.Text.RegularExpressions;
using Chat.Tests.Running;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Chat.Tests.Containers;

/// <summary>compose.yaml as Docker Compose understands it: aliases followed, variables filled in.</summary>
internal sealed partial class ComposeFile
{
    private readonly Dictionary<object, object> root;

    public ComposeFile(IReadOnlyDictionary<string, string>? variables = null)
    {
        Text = File.ReadAllText(Repository.File("compose.yaml"));
        var filled = variables is null ? Text : Variable().Replace(Text, match => Fill(match, variables));
        root = new Deserializer().Deserialize<Dictionary<object, object>>(new MergingParser(new Parser(new StringReader(filled))));
    }

    public string Text { get; }

    /// <summary>Variables without a default: each with what is said when it is missing, or null.</summary>
    public IEnumerable<(string Name, string? Message)> WithoutDefault => Variable().Matches(Text)
        .Where(match => match.Groups["else"].Value is not ":-")
        .Select(match => (match.Groups["name"].Value, match.Groups["else"].Value is ":?" ? match.Groups["text"].Value : null));

    public IReadOnlyDictionary<string, Dictionary<object, object>> Services =>
        Map(root["services"]).ToDictionary(service => (string)service.Key, service => Map(service.Value));

    public IEnumerable<string> Nodes => Services.Keys.Where(name => name.StartsWith("chat", StringComparison.Ordinal));

    /// <summary>What a service finds in its environment.</summary>
    public Dictionary<string, string> EnvironmentOf(string service) =>
        Map(Services[service].GetValueOrDefault("environment", new Dictionary<object, object>())).ToDictionary(pair => (string)pair.Key, pair => Unescaped(pair.Value));

    public string[] CommandOf(string service) => [.. ((List<object>)Services[service]["command"]).Select(Unescaped)];

    public string AddressOf(string service) => (string)Map(Map(Services[service]["networks"])["front"])["ipv4_address"];

    public static Dictionary<object, object> Map(object value) => (Dictionary<object, object>)value;

    private static string Unescaped(object text) => ((string)text).Replace("$$", "$");

    private static string Fill(Match match, IReadOnlyDictionary<string, string> variables) =>
        variables.TryGetValue(match.Groups["name"].Value, out var value) ? value
        : match.Groups["else"].Value is ":-" ? match.Groups["text"].Value
        : throw new InvalidOperationException($"{match.Groups["name"].Value}: {match.Groups["text"].Value}");

    [GeneratedRegex(@"(?<!\$)\$\{(?<name>\w+)(?<else>:[-?])?(?<text>[^}]*)\}")]
    private static partial Regex Variable();
}
