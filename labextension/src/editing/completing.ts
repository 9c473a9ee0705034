/** Offers in JupyterLab's own list what may be written in a rulebook. */

import {
  Completer,
  CompleterModel,
  CompletionHandler,
  ICompletionContext,
  ICompletionProvider
} from '@jupyterlab/completer';
import { Text } from '@jupyterlab/coreutils';
import { DocumentWidget } from '@jupyterlab/docregistry';
import { Widget } from '@lumino/widgets';

import { isRulebook } from '../paths';

import type { Knowledge } from './knowledge';
import type { IProposal } from './proposals';

/** A proposal as the list knows it. */
interface IItem extends CompletionHandler.ICompletionItem {
  readonly proposal: IProposal;
}

export class RulebookCompletions implements ICompletionProvider<IItem> {
  constructor(private readonly _knowledgeOf: (tab: Widget) => Promise<Knowledge> | undefined) {}

  readonly identifier = 'CompletionProvider:touchrules';
  /** Before the words of the document, and those of a kernel. */
  readonly rank = 1200;
  readonly renderer = new ProposalRenderer();

  /** Whether a rulebook is being written. */
  isApplicable({ widget }: ICompletionContext): Promise<boolean> {
    return Promise.resolve(widget instanceof DocumentWidget && isRulebook(widget.context.path));
  }

  /** A list of proposals alone, without any word that stands somewhere in the text. */
  modelFactory(): Promise<Completer.IModel> {
    return Promise.resolve(new ProposalModel());
  }

  async fetch(
    _request: CompletionHandler.IRequest,
    { editor, widget }: ICompletionContext
  ): Promise<CompletionHandler.ICompletionItemsReply<IItem>> {
    const knowledge = await this._knowledgeOf(widget);
    if (!editor || !knowledge) {
      return { start: 0, end: 0, items: [] };
    }
    const text = editor.model.sharedModel.getSource();
    const offset = editor.getOffsetAt(editor.getCursorPosition());
    const { from, proposals } = await knowledge.propose(text, offset);
    const items = proposals.map(proposal => ({
      label: proposal.label,
      insertText: proposal.insert,
      type: proposal.kind,
      documentation: proposal.about,
      proposal
    }));
    return {
      start: Text.jsIndexToCharIndex(from, text),
      end: Text.jsIndexToCharIndex(offset, text),
      items
    };
  }

  /** The plugin has the list shown while one writes; see `typing`. */
  shouldShowContinuousHint(): boolean {
    return false;
  }
}

/** A list that is no longer shown once the word is written out. */
class ProposalModel extends CompleterModel {
  setCompletionItems(items: CompletionHandler.ICompletionItems): void {
    const proposals = items.filter(item => 'proposal' in item);
    super.setCompletionItems(proposals.length > 0 ? proposals : items);
  }

  completionItems(): CompletionHandler.ICompletionItems {
    const items = super.completionItems();
    const isWritten = items.some(({ insertText, label }) => (insertText ?? label).trim() === this.query);
    return this.query && isWritten ? [] : items;
  }
}

/** Shows what a proposal means beside it. */
class ProposalRenderer extends Completer.Renderer {
  createCompletionItemNode(item: CompletionHandler.ICompletionItem, types: string[]): HTMLLIElement {
    const node = super.createCompletionItemNode(item, types);
    const about = firstLine(item);
    if (about) {
      const part = document.createElement('span');
      part.className = 'jp-touchrules-Completion-about';
      part.textContent = about;
      part.title = item.documentation ?? '';
      node.querySelector('.jp-Completer-match')?.append(part);
    }
    return node;
  }

  itemWidthHeuristic(item: CompletionHandler.ICompletionItem): number {
    return super.itemWidthHeuristic(item) + firstLine(item).length;
  }
}

function firstLine(item: CompletionHandler.ICompletionItem): string {
  return item.documentation?.split('\n')[0] ?? '';
}
