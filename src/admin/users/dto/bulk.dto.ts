import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsString,
  Length,
} from 'class-validator';
import { ReasonOrDryRunDto } from '../../dto/dry-run.dto.js';
import { bulkActions, type BulkAction } from '../admin-users-bulk.service.js';

export class BulkDto extends ReasonOrDryRunDto {
  @ApiProperty({ type: [String], minItems: 1, maxItems: 500 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 64, { each: true })
  ids!: string[];

  @ApiProperty({ enum: bulkActions })
  @IsIn(bulkActions)
  action!: BulkAction;
}
