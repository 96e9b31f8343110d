namespace Chat.Hub.Delivery;

/// <summary>Names of SignalR groups.</summary>
internal static class ChatGroups
{
    public static string Room(Guid roomId) => $"room:{roomId:N}";
}
