using Dashboard.Core.Operators;
using Microsoft.AspNetCore.Identity;

namespace Dashboard.SignIn.SecondFactors;

/// <summary>
/// Shows the core's operators to ASP.NET Core Identity, whose passkey checks ask for its users. It reads only: changes go
/// through the core, which audits them in the same step and keeps the last administrator.
/// </summary>
internal sealed class OperatorUserStore(OperatorDirectory directory)
    : IUserPasswordStore<OperatorAccount>, IUserSecurityStampStore<OperatorAccount>, IUserPasskeyStore<OperatorAccount>
{
    public Task<string> GetUserIdAsync(OperatorAccount user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(OperatorAccount user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.UserName);

    public Task<string?> GetNormalizedUserNameAsync(OperatorAccount user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(UserNames.Normalize(user.UserName));

    public Task<OperatorAccount?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Task.FromResult(directory.Find(userId));

    public Task<OperatorAccount?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        Task.FromResult(directory.FindByName(normalizedUserName));

    public Task<string?> GetPasswordHashAsync(OperatorAccount user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.PasswordHash);

    public Task<bool> HasPasswordAsync(OperatorAccount user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<string?> GetSecurityStampAsync(OperatorAccount user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.SecurityStamp);

    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(OperatorAccount user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserPasskeyInfo>>([.. user.SecondFactors.Passkeys.Select(PasskeyInfo.Of)]);

    public Task<OperatorAccount?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(directory.FindByPasskey(credentialId));

    public Task<UserPasskeyInfo?> FindPasskeyAsync(OperatorAccount user, byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(user.SecondFactors.Passkeys
            .Where(passkey => passkey.Is(credentialId))
            .Select(PasskeyInfo.Of)
            .FirstOrDefault());

    public Task AddOrUpdatePasskeyAsync(OperatorAccount user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw ReadsOnly();

    public Task RemovePasskeyAsync(OperatorAccount user, byte[] credentialId, CancellationToken cancellationToken) => throw ReadsOnly();

    public Task SetUserNameAsync(OperatorAccount user, string? userName, CancellationToken cancellationToken) => throw ReadsOnly();

    public Task SetNormalizedUserNameAsync(OperatorAccount user, string? normalizedName, CancellationToken cancellationToken) =>
        throw ReadsOnly();

    public Task SetPasswordHashAsync(OperatorAccount user, string? passwordHash, CancellationToken cancellationToken) => throw ReadsOnly();

    public Task SetSecurityStampAsync(OperatorAccount user, string stamp, CancellationToken cancellationToken) => throw ReadsOnly();

    public Task<IdentityResult> CreateAsync(OperatorAccount user, CancellationToken cancellationToken) => throw ReadsOnly();

    public Task<IdentityResult> UpdateAsync(OperatorAccount user, CancellationToken cancellationToken) => throw ReadsOnly();

    public Task<IdentityResult> DeleteAsync(OperatorAccount user, CancellationToken cancellationToken) => throw ReadsOnly();

    public void Dispose()
    {
    }

    private static NotSupportedException ReadsOnly() => new("Operators are changed through the core.");
}
