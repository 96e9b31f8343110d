using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>Finds who is called by a text: "@name", the longest name of a member that stands there, and "@room".</summary>
internal static class Mentions
{
    public const string Everybody = "room";
    private const int MostCalls = 20;

    /// <summary>Keys of the names that may be meant.</summary>
    public static IReadOnlyCollection<string> Candidates(string text) =>
        [.. Calls(text).SelectMany(call => call).Select(Names.Key).Where(key => key is not Everybody).Distinct()];

    /// <summary>Who is meant.</summary>
    /// <param name="text">The text.</param>
    /// <param name="members">The user with each of the <see cref="Candidates"/> that is a member's name.</param>
    public static IReadOnlyList<Mention> In(string text, IReadOnlyDictionary<string, Guid> members)
    {
        var found = new List<Mention>();
        foreach (var call in Calls(text))
        {
            // The longest first: "@Ann Lee" calls Ann Lee, although there is an Ann.
            foreach (var name in call)
            {
                var key = Names.Key(name);
                var isEverybody = key is Everybody;
                if (!isEverybody && !members.ContainsKey(key)) continue;
                var mention = new Mention { UserId = isEverybody ? null : members[key], Name = name };
                if (found.TrueForAll(other => other.UserId != mention.UserId)) found.Add(mention);
                break;
            }
        }
        return found;
    }

    /// <summary>For each @ the names that may stand after it, the longest first.</summary>
    private static IEnumerable<IReadOnlyList<string>> Calls(string text)
    {
        var count = 0;
        for (var at = text.IndexOf('@'); at >= 0 && count < MostCalls; at = text.IndexOf('@', at + 1))
        {
            // Not in the middle of an address: ann@example.org calls nobody.
            if (at > 0 && (char.IsLetterOrDigit(text[at - 1]) || text[at - 1] is '@' or '.' or '-' or '_')) continue;
            count++;
            yield return NamesAfter(text, at + 1);
        }
    }

    private static List<string> NamesAfter(string text, int from)
    {
        var names = new List<string>();
        for (var to = Math.Min(text.Length, from + Names.LongestUser); to > from; to--)
        {
            // A name ends where its next character is of no word, and not with a blank.
            if (to < text.Length && char.IsLetterOrDigit(text[to]) && char.IsLetterOrDigit(text[to - 1]) && !IsWordless(text[to])) continue;
            if (char.IsWhiteSpace(text[to - 1]) || char.IsHighSurrogate(text[to - 1])) continue;
            names.Add(text[from..to]);
        }
        return names;
    }

    // Chinese, Japanese and Korean run words together: "@李雷你好" calls 李雷.
    private static bool IsWordless(char c) => c is >= '\u2E80' and <= '\uD7FF' or >= '\uF900' and <= '\uFAFF';
}
