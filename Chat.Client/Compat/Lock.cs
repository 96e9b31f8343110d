namespace System.Threading;

/// <summary>A lock by its own name, as the compiler knows it.</summary>
internal sealed class Lock
{
    private readonly object monitor = new();

    public Scope EnterScope()
    {
        Monitor.Enter(monitor);
        return new Scope(monitor);
    }

    public readonly ref struct Scope(object monitor)
    {
        public void Dispose() => Monitor.Exit(monitor);
    }
}
