using System.Globalization;
using System.Text.RegularExpressions;
using Chat.Bench.Checking;

namespace Chat.Bench.Faults;

/// <summary>
/// Whether all that somebody wrote in a room ("Net 3 #17") is stored once and in the order of writing, whatever ids it was
/// sent under and whoever was told so. Pure.
/// </summary>
internal static partial class NumberedCheck
{
    public static Findings Run(StoredHistory stored)
    {
        var found = new Findings();
        foreach (var written in stored.Messages.Where(message => !message.IsSystem).GroupBy(message => (message.RoomId, message.AuthorId))) Check([.. written], found);
        return found;
    }

    private static void Check(List<StoredMessage> written, Findings found)
    {
        var last = 0;
        foreach (var message in written.OrderBy(message => message.Seq))
        {
            if (Number().Match(message.Text) is not { Success: true } match) continue;
            var number = int.Parse(match.ValueSpan, CultureInfo.InvariantCulture);
            if (number > last + 1) found.Add(Flaw.Lost, $"\"{message.Text}\" at {message.Seq} in {message.RoomId} follows number {last}");
            if (number == last) found.Add(Flaw.Doubled, $"\"{message.Text}\" at {message.Seq} in {message.RoomId} is stored a second time");
            if (number < last) found.Add(Flaw.Reordered, $"\"{message.Text}\" at {message.Seq} in {message.RoomId} comes after number {last}");
            last = Math.Max(last, number);
        }
    }

    [GeneratedRegex("(?<= #)[0-9]+(?= |$)")]
    private static partial Regex Number();
}
