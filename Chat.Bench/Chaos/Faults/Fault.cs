namespace Chat.Bench.Chaos.Faults;

/// <summary>Something that breaks, and is whole again at the end.</summary>
internal abstract class Fault
{
    /// <summary>As on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>Whether people may be told meanwhile that something cannot be done now.</summary>
    public virtual bool MayRefuse => false;

    /// <summary>Breaks it and mends it again.</summary>
    public abstract Task RunAsync(Scene scene, CancellationToken cancellation);
}
