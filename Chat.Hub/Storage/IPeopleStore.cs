using Chat.Contracts;
using Chat.Hub.Presence;

namespace Chat.Hub.Storage;

/// <summary>What is durable of people's presence. Every method throws <see cref="StoreUnavailableException"/> when the disk or the database is away.</summary>
internal interface IPeopleStore
{
    /// <summary>What people say of themselves, and when they were here last; those that are not known are left out.</summary>
    Task<IReadOnlyDictionary<Guid, Face>> FacesOf(IReadOnlyCollection<Guid> userIds, CancellationToken cancellation);

    Task SetStatus(Guid userId, StatusText status, CancellationToken cancellation);

    /// <summary>Notes when people were here; a moment before the one that is known changes nothing.</summary>
    Task NoteSeen(IReadOnlyList<Seen> people, CancellationToken cancellation);

    /// <summary>A page of people by name, with what is durable of their presence; one more than asked for where there are more.</summary>
    Task<IReadOnlyList<(User User, Face Face)>> FindPeople(FindPeople request, int most, CancellationToken cancellation);
}
