using Chat.Client;

namespace Chat.Samples.Desktop;

/// <summary>What is asked of a room beside what it tells by itself. A refusal, or a client that ends meanwhile, leaves it as it is.</summary>
internal static class Asking
{
    public static void AskWhoIsHere(this RoomView room) => _ = Try(room.LoadPeopleAsync());

    public static void LookBack(this RoomView room)
    {
        if (room is { HasOlder: true, IsLoadingOlder: false }) _ = Try(room.LoadOlderAsync());
    }

    private static async Task Try(Task asking)
    {
        try
        {
            await asking;
        }
        catch (ChatException)
        {
            // No longer in the room, for example.
        }
    }
}
