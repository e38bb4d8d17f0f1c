using Dashboard.App;
using Dashboard.Core.Access;
using Dashboard.Core.Operators;
using Dashboard.Core.Primitives;

namespace Dashboard.Operators;

/// <summary>Creates an operator. The generated password lives in this component alone and is shown once.</summary>
public sealed partial class NewOperatorPage(OperatorAdministration administration, Acts acts) : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private OperatorCreation.Created? _created;
    private IReadOnlyList<FieldFault> _faults = [];
    private string _userName = "";

    // The one that may do least.
    private string _role = Roles.Support;
    private string? _failure;
    private bool _isCreating;

    private void Changed() => (_faults, _failure) = ([], null);

    private async Task CreateAsync()
    {
        if (_isCreating)
        {
            return;
        }

        Changed();
        if (!UserNames.IsValid(_userName.Trim()))
        {
            _faults = [new FieldFault("username", UserNames.Rule)];
            return;
        }

        _isCreating = true;
        try
        {
            await AskAndCreateAsync(_userName.Trim(), _role);
        }
        catch (StoreUnavailableException)
        {
            _failure = "The store cannot be written now. Try again.";
        }
        finally
        {
            _isCreating = false;
        }
    }

    private async Task AskAndCreateAsync(string userName, string role)
    {
        if (await acts.AskAsync(Right.ManageOperators, OperatorQuestions.Create(userName, role)) is not ({ } who, { } reason))
        {
            return;
        }

        switch (await administration.CreateAsync(userName, role, null, reason, who, _left.Token))
        {
            case OperatorCreation.Created created:
                _created = created;
                break;
            case OperatorCreation.NameTaken:
                _faults = [new FieldFault("username", "is taken; names of disabled operators stay taken")];
                break;
            case OperatorCreation.Invalid invalid:
                _faults = invalid.Faults;
                break;
        }
    }

    private void CreateAnother()
    {
        (_created, _userName, _role) = (null, "", Roles.Support);
        Changed();
    }

    private string? ErrorOf(string field) =>
        _faults.FirstOrDefault(fault => fault.Field == field) is { } fault ? $"This {fault.Message}." : null;

    public void Dispose()
    {
        // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
        _left.Cancel();
        _created = null;
    }
}
