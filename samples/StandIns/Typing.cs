using System.Runtime.CompilerServices;

namespace Chat.Client;

internal static class TypingStandIn
{
    private static readonly ConditionalWeakTable<ChatRoom, Dictionary<string, DateTime>> All = [];

    extension(ChatRoom room)
    {
        public IReadOnlyList<string> Typing
        {
            get
            {
                var names = All.GetValue(room, Make);
                lock (names) return [.. names.Where(one => one.Value > DateTime.UtcNow).Select(one => one.Key)];
            }
        }
    }

    private static Dictionary<string, DateTime> Make(ChatRoom room)
    {
        var names = new Dictionary<string, DateTime>();
        room.TypingChanged += (_, notice) =>
        {
            lock (names) if (notice.IsTyping) names[notice.Name] = DateTime.UtcNow.AddSeconds(6); else names.Remove(notice.Name);
        };
        return names;
    }
}
