namespace Dashboard.Hosting.Description;

/// <summary>
/// Makes the description some time after the start, which it must not delay: it takes seconds on a busy machine, and nobody
/// shall wait for it.
/// </summary>
internal sealed class ApiDocumentMaker(ApiDocument document, TimeProvider clock) : BackgroundService
{
    /// <summary>How long after the start: what others wait for comes first.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(Rest, clock, stoppingToken);

        // What fails does so for whoever asks for it; the end of the program waits for neither.
        Task made = Task.Run(document.ReadAsync, stoppingToken).WaitAsync(stoppingToken);
        await made.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
