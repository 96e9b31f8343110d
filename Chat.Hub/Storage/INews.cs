using Chat.Contracts;

namespace Chat.Hub.Storage;

/// <summary>What others who share the store have done, for nodes that did not hear of it.</summary>
internal interface INews
{
    /// <summary>Whether anybody else can share the store; if not there is never any news.</summary>
    bool IsShared { get; }

    /// <summary>All that was committed since the mark was taken, some of it perhaps again; null: nothing but the first mark.</summary>
    Task<StoreNews> Read(string? mark, CancellationToken cancellation);

    /// <summary>Keeps an order for the other nodes, for ten minutes.</summary>
    Task Give(Guid id, string order, CancellationToken cancellation);
}

/// <summary>News from the store.</summary>
/// <param name="Mark">For the next time.</param>
/// <param name="Now">The store's clock.</param>
/// <param name="Rooms">Rooms that changed, with their heads.</param>
/// <param name="Members">Memberships that changed.</param>
/// <param name="Orders">Orders as they were given.</param>
internal sealed record StoreNews(
    string Mark, DateTimeOffset Now, IReadOnlyList<RoomHead> Rooms, IReadOnlyList<Member> Members, IReadOnlyList<string> Orders);
