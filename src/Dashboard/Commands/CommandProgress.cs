namespace Dashboard.Commands;

/// <summary>A line every few seconds, so that a long run is seen to go on.</summary>
internal sealed class CommandProgress(TextWriter writer, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private long _last = clock.GetTimestamp();

    /// <summary>Says how far it is, unless something was said just now. From any thread.</summary>
    public void Say(string text)
    {
        lock (_gate)
        {
            if (clock.GetElapsedTime(_last) < Pause)
            {
                return;
            }

            _last = clock.GetTimestamp();
            writer.WriteLine(text);
        }
    }
}
