using Dashboard.Core.Keys;
using Dashboard.Hosting.Keys;

namespace Dashboard.Commands.Keys;

/// <summary><c>keys list</c>, <c>keys show</c> and <c>keys export</c>.</summary>
internal sealed class KeyRun(CommandRun run)
{
    public Task<int> ListAsync(CancellationToken cancellationToken) => run.WithCoreAsync(
        async services => KeyAnswers.List(
            run, await KeyListJson.ReadAsync(services.GetRequiredService<KeySources>(), cancellationToken)),
        cancellationToken);

    public Task<int> ShowAsync(string keyId, CancellationToken cancellationToken) => run.WithCoreAsync(
        async services => await services.GetRequiredService<KeySources>().FindAsync(keyId, cancellationToken) is { } row
            ? KeyAnswers.Show(run, KeyJson.Of(row))
            : run.Refuse(KeyProblems.Unknown),
        cancellationToken);

    public Task<int> ExportAsync(string keyId, string format, CancellationToken cancellationToken) => run.WithCoreAsync(
        services => Task.FromResult(services.GetRequiredService<KeyRing>().Find(keyId) switch
        {
            null => run.Refuse(KeyProblems.Unknown),
            { Algorithm.IsSymmetric: true } => run.Refuse(KeyProblems.NoPublicPart),
            var key => Export(key, format),
        }),
        cancellationToken);

    private int Export(SigningKey key, string format)
    {
        var publicPart = format is "jwk" ? PublicKeys.WriteJwk(key) : PublicKeys.WritePem(key);
        return run.Answer(
            new { kid = key.KeyId, alg = key.Algorithm, format, public_key = publicPart },
            writer => writer.WriteLine(publicPart.TrimEnd()));
    }
}
